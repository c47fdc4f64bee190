/** The completion script for zsh, for `eval` as well as for a folder in `fpath`; as `bashScript`. zsh quotes what is suggested itself. */
export function zshScript(start: string): string {
  return `#compdef multiagent
# multiagent: completion for zsh. In ~/.zshrc, after compinit: eval "$(multiagent completion zsh)"
_multiagent() {
  local -a lines found shown
  local line word about paths
  lines=("\${(@f)$(${start} complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  paths=\${lines[1]}
  for line in "\${(@)lines[2,-1]}"; do
    word=\${line%%$'\\t'*}
    about=\${line#*$'\\t'}
    found+=("$word")
    shown+=("\${word}\${about:+  -- $about}")
  done
  ((\${#found} > 0)) && compadd -l -d shown -a found
  if [[ $paths == (files|folders) ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '--*='
    if [[ $paths == files ]]; then _files; else _files -/; fi
  fi
  return 0
}
if [[ \${funcstack[1]} == _multiagent ]]; then
  _multiagent "$@"
elif (($+functions[compdef])); then
  compdef _multiagent multiagent
fi
`;
}
