# What Bash may complete behind weirctl: the program itself says it.
# SPDX-License-Identifier: GPL-3.0-or-later

_weirctl() {
  local rest=${COMP_LINE:0:COMP_POINT} words=() part trimmed i candidate

  # Bash splits words at ":" and "=", too: what stood together is put together again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    trimmed=${rest#"${rest%%[![:space:]]*}"}
    part=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || part=$trimmed
    if ((i > 0)) && [[ $trimmed == "$rest" ]]; then
      words[-1]+=$part
    else
      words+=("$part")
    fi
    rest=${trimmed#"$part"}
  done
  # what Bash replaces is only the last part
  [[ $part != [:=] ]] || part=
  local typed=${words[-1]} quoted=
  local before=${typed%"$part"}
  [[ $part != [\"\']* ]] || quoted=yes
  words=("${words[@]//[\"\'\\]/}")
  before=${before//[\"\'\\]/}

  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    case $candidate in
      :files)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "${part//[\"\'\\]/}")
        return ;;
      :folders)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "${part//[\"\'\\]/}")
        return ;;
    esac
    candidate=${candidate:${#before}}
    [[ -n $quoted ]] || printf -v candidate %q "$candidate"
    COMPREPLY+=("$candidate")
  done < <("${1/#\~/$HOME}" complete "${words[@]:1}" 2>/dev/null)

  # an ID or a term of a query goes on
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[/:.] ]]; then
    compopt -o nospace
  fi
}

complete -F _weirctl weirctl
