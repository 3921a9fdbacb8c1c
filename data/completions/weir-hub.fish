# What fish may complete behind weir-hub
# SPDX-License-Identifier: GPL-3.0-or-later

set -l add '__fish_seen_subcommand_from add'

complete -c weir-hub -f
complete -c weir-hub -n __fish_use_subcommand -a source -d 'Add, list or remove sources'
complete -c weir-hub -n __fish_use_subcommand -a workspace -d 'Print what signs Membrane tokens'
complete -c weir-hub -n '__fish_seen_subcommand_from source; and not __fish_seen_subcommand_from add list remove' \
    -a 'add list remove'
complete -c weir-hub -s h -l help -d 'Print help'
complete -c weir-hub -l version -d 'Print the version'
complete -c weir-hub -l state-dir -x -a '(__fish_complete_directories)' -d 'Where hub.db is'
complete -c weir-hub -n __fish_use_subcommand -l listen -x -d 'Where to listen'
complete -c weir-hub -n __fish_use_subcommand -l demo -d 'Fill it with a small living company'
complete -c weir-hub -n __fish_use_subcommand -l seed -x -d 'Same data at every start'
complete -c weir-hub -n __fish_use_subcommand -l rate -x -d 'Changes a second in the demo'
complete -c weir-hub -n __fish_use_subcommand -l keep-days -x -d 'Days that events and pulls are kept'
complete -c weir-hub -n __fish_use_subcommand -l with-parent -d 'End when standard input does'
complete -c weir-hub -n '__fish_seen_subcommand_from list' -l json -d 'List sources as JSON'
complete -c weir-hub -n "$add" -l url -x -d 'Where the records are'
complete -c weir-hub -n "$add" -l items -x -d 'Pointer to the array of records'
complete -c weir-hub -n "$add" -l id -x -d 'Pointer to the id within a record'
complete -c weir-hub -n "$add" -l updated -x -d 'Pointer to the time of change within a record'
complete -c weir-hub -n "$add" -l interval -x -d 'Seconds between pulls'
complete -c weir-hub -n "$add" -l face -x -a 'membrane sequin oracle' -d 'Who serves the events'
complete -c weir-hub -n "$add" -l tenant -x -d 'Tenant the source belongs to'
