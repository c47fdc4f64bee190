/** The completion script for fish 3 and newer; as `bashScript`. fish quotes what is suggested itself. */
export function fishScript(start: string): string {
  return `# multiagent: completion for fish. multiagent completion fish > ~/.config/fish/completions/multiagent.fish
function __multiagent_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (${start} complete -- $before[2..-1] "$current" 2>/dev/null)
    test (count $lines) -gt 0; or return
    test (count $lines) -gt 1; and printf '%s\\n' $lines[2..-1]
    switch $lines[1]
        case files
            __fish_complete_path (string replace -r -- '^--[a-z-]+=' '' "$current")
        case folders
            __fish_complete_directories (string replace -r -- '^--[a-z-]+=' '' "$current")
    end
end
complete -c multiagent -f -a '(__multiagent_complete)'
`;
}
