# What fish may complete behind weirctl: the program itself says it.
# SPDX-License-Identifier: GPL-3.0-or-later

function __weirctl_complete
    set -l words (commandline -opc)
    set -l found ($words[1] complete $words[2..-1] (commandline -ct | string unescape) 2>/dev/null)
    switch "$found[1]"
        case :files
            __fish_complete_path (commandline -ct)
        case :folders
            __fish_complete_directories (commandline -ct)
        case '*'
            printf '%s\n' $found
    end
end

complete -c weirctl -f -a '(__weirctl_complete)'
