# What Bash may complete behind weir-hub
# SPDX-License-Identifier: GPL-3.0-or-later

_weir_hub() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local folder=${XDG_DATA_HOME:-$HOME/.local/share}/weir words=() i choice=

  # "--face=orac" is three words
  [[ $current != = ]] || current=
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --state-dir)
        ((i++))
        [[ ${COMP_WORDS[i]} != = ]] || ((i++))
        folder=${COMP_WORDS[i]/#\~/$HOME} ;;
      --demo | --with-parent | --json | --help | --version) ;;
      -*) ((i++)) ;;
      *) words+=("${COMP_WORDS[i]}") ;;
    esac
  done

  case $previous in
    --state-dir)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return ;;
    --face) choice="membrane sequin oracle" ;;
    --listen | --seed | --rate | --keep-days | --url | --items | --id | --updated | --interval \
      | --tenant) return ;;
    *)
      case "${words[*]}:$current" in
        :-*) choice="--listen --state-dir --demo --seed --rate --keep-days --with-parent --help --version" ;;
        :*) choice="source workspace" ;;
        source:-* | "source list":*) choice="--state-dir --json" ;;
        source:*) choice="add list remove" ;;
        "source add "*:*)
          choice="--url --items --id --updated --interval --face --tenant --state-dir" ;;
        "source remove":[!-]* | "source remove":)
          # a hub that was never there is not made by asking
          [[ ! -f $folder/hub.db ]] \
            || choice=$("${1/#\~/$HOME}" source list --state-dir "$folder" 2>/dev/null | cut -d ' ' -f 1) ;;
        *:-*) choice="--state-dir" ;;
      esac ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$choice" -- "$current")
}

complete -F _weir_hub weir-hub
