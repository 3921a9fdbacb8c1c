# What Bash may complete behind weir
# SPDX-License-Identifier: GPL-3.0-or-later

_weir() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}

  [[ $current != = ]] || current=
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}
  case $previous in
    --state-dir)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    --page)
      mapfile -t COMPREPLY < <(compgen -W "overview subscriptions pulls timeline errors connections" \
        -- "$current") ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W "--state-dir --demo --page --help --version" -- "$current") ;;
  esac
}

complete -F _weir weir
