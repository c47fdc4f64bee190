/**
 * The completion script for bash 3.2 and newer. What is suggested comes from projects and journals: it is never evaluated, and quoted before it reaches the command line.
 * @param start The command that starts this program, as words of a shell.
 */
export function bashScript(start: string): string {
  return `# multiagent: completion for bash. In ~/.bashrc: eval "$(multiagent completion bash)"
_multiagent() {
  local whole=() current='' prefix='' word='' joined='' index paths line
  # bash takes --option=value and name:tag for several words.
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if ((\${#whole[@]} > 0)) && [[ $joined == yes || $word == [=:]* ]]; then
      whole[\${#whole[@]} - 1]+=$word
    else
      whole[\${#whole[@]}]=$word
    fi
    joined=no
    [[ $word == *[=:] ]] && joined=yes
  done
  current=\${whole[\${#whole[@]} - 1]}
  word=\${COMP_WORDS[COMP_CWORD]}
  [[ $word == [=:]* ]] && word=''
  prefix=\${current%"$word"}
  COMPREPLY=()
  # Within quotes bash would quote once more.
  [[ $current == *[\\'\\"\\\\]* ]] && return 0
  {
    IFS= read -r paths || return 0
    while IFS= read -r line; do
      line=\${line%%$'\\t'*}
      printf -v line '%q' "\${line#"$prefix"}"
      COMPREPLY[\${#COMPREPLY[@]}]=$line
    done
  } < <(${start} complete -- "\${whole[@]}" 2>/dev/null)
  case $paths in
    none) compopt +o default 2>/dev/null ;;
    folders) compopt +o default -o dirnames 2>/dev/null ;;
  esac
  return 0
}
complete -o default -F _multiagent multiagent
`;
}
