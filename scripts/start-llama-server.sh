#!/usr/bin/env bash
# Starts a llama-server for the team; --help says how. For the bash 3.2 of macOS as well.
set -euo pipefail

default_model='unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL'
script_folder=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<END
Usage: start-llama-server.sh [options] [-- flags for llama-server]

Starts a llama-server and waits until its model is loaded.

  --detach       leave it running in the background
  --stop         stop the one that this script started on LLAMA_PORT
  --parallel <n> requests that it answers at once; they share the context (default 1)
  --build        use the llama.cpp of node-llama-cpp; compile it and try it out first if need be
  --rebuild      the same, compiled anew with no instructions but those that the system lists
  --only-build   compile it, print the path of the program, and end
  --only-prove   try a program out that was compiled earlier, once, and end
  --dry-run      print the command line and end
  --print0       the same, for programs: words ended by a zero byte
  --help         print this

Set in the environment, or in .env of the current folder (the environment wins):

  LLAMA_MODEL       Hugging Face repository, with :quantisation, or a .gguf file
                    (default $default_model)
  LLAMA_CTX_SIZE    context in tokens, shared by all slots (default 16384)
  LLAMA_PARALLEL    the same as --parallel
  LLAMA_GPU_LAYERS  layers to keep on the GPU, 0 without one (default 99)
  LLAMA_THREADS     threads of the CPU (default: the server's own choice)
  LLAMA_HOST        address to listen on (default 127.0.0.1; one that others reach in the environment only)
  LLAMA_PORT        port to listen on (default 8080)

LLAMA_SERVER_BIN, in the environment only, names the program. Without it: the PATH, then earlier builds.
Exit codes: 0 done, or already running; 1 it failed; 2 wrong usage or settings; 130 interrupted.
END
}

say() { printf '%s\n' "$*" >&2; }

# fail <exit code> <what and why> [what to do next …]
fail() {
  local code=$1
  shift
  say "Error: $1"
  shift
  while [ $# -gt 0 ]; do
    say "  $1"
    shift
  done
  exit "$code"
}

# Nothing that steers a terminal passes.
printable() { LC_ALL=C tr '\r' '\n' | LC_ALL=C tr -d '\000-\010\013-\037\177'; }

shown() { printf '%s' "$1" | printable; }
last_lines() { tail -c 4000 "$1" 2>/dev/null | printable | grep -av '^[[:space:]]*$' | tail -n "$2" | cut -c 1-300 || true; }

# from_env_file <name>: its value in .env, read as data.
from_env_file() {
  [ -f .env ] || return 0
  local line value='' found=''
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    if [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*(.*)$ ]]; then
      found=${BASH_REMATCH[2]}
      case $found in
        \"*\"*) value=${found#\"} && value=${value%%\"*} ;;
        \'*\'*) value=${found#\'} && value=${value%%\'*} ;;
        '#'*) value='' ;;
        *) value=${found%%[[:space:]]#*} && value=${value%"${value##*[![:space:]]}"} ;;
      esac
    fi
  done <.env
  printf '%s' "$value"
}

# setting <name> <default>: an empty value counts as not set.
setting() {
  local value=${!1:-}
  [ -n "$value" ] || value=$(from_env_file "$1")
  printf '%s' "${value:-$2}"
}

# require_number <name> <value> <least> <most>
require_number() {
  if [[ $2 =~ ^[0-9]{1,9}$ ]] && ((10#$2 >= $3 && 10#$2 <= $4)); then return; fi
  fail 2 "$1 has to be a whole number from $3 to $4; it is \"$(shown "$2")\"."
}

find_server() {
  if [ -n "${LLAMA_SERVER_BIN:-}" ]; then
    { [ -f "$LLAMA_SERVER_BIN" ] && [ -x "$LLAMA_SERVER_BIN" ]; } ||
      fail 2 "LLAMA_SERVER_BIN names $LLAMA_SERVER_BIN, which is not a program." 'Set it to the path of llama-server, or unset it.'
    server=$LLAMA_SERVER_BIN
    return
  fi
  server=$(type -P llama-server || true)
  [ -n "$server" ] || server=$(find_earlier_build)
  case $mode in print0 | only-prove) server=${server:-llama-server} ;; esac
  [ -n "$server" ] || fail 1 'No llama-server was found: not in LLAMA_SERVER_BIN, not on the PATH, no earlier build.' \
    "Install one, for instance with 'brew install llama.cpp', or compile that of node-llama-cpp: $again --build"
}

# watch_process <pid> <log> <what> <exit|health>: tells how far it is, until it ends or is ready.
watch_process() {
  local pid=$1 log=$2 what=$3 told=-15 line
  SECONDS=0
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$4" = health ] && [[ $(health) == HTTP/*' 200'* ]]; then break; fi
    if [ -t 2 ]; then
      line="$what ($SECONDS s) $(last_lines "$log" 1)"
      printf '\r\033[K%s' "${line:0:79}" >&2
    elif [ $((SECONDS - told)) -ge 15 ]; then
      told=$SECONDS
      say "$what ($SECONDS s) $(last_lines "$log" 1)"
    fi
    sleep 0.25
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# status_line <host> <port> <seconds> <method> <path> <body>: that of the answer, without curl; nothing where nobody listens.
status_line() {
  (
    host=$1 line=''
    case $host in *:*) host="[$host]" ;; esac
    exec 3<>"/dev/tcp/$1/$2" || exit 0
    printf '%s %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
      "$4" "$5" "$host" "${#6}" "$6" >&3
    IFS= read -r -t "$3" line <&3 || line=''
    printf '%s' "${line:-listens}"
  ) 2>/dev/null || true
}

health() { status_line "$probe_host" "$port" 5 GET /health ''; }

# signal_of <exit code>: the signal that ended a program, or nothing.
signal_of() { if [ "$1" -gt 128 ]; then kill -l $(($1 - 128)) 2>/dev/null || true; fi; }

# Those that a program brings upon itself.
is_crash() { case $1 in ILL | SEGV | BUS | FPE | ABRT | TRAP) ;; *) return 1 ;; esac; }

signal_words() {
  case $1 in
    ILL) echo 'SIGILL (illegal instruction)' ;;
    SEGV) echo 'SIGSEGV (segmentation fault)' ;;
    *) echo "SIG$1" ;;
  esac
}

# mend_of_death <signal>: what to do about it.
mend_of_death() {
  if [ "$1" = KILL ]; then
    echo 'The system did that, most often for want of memory: set a smaller LLAMA_CTX_SIZE, or take a smaller model.'
  elif ! is_crash "$1"; then
    echo 'Something outside of it sent the signal.'
  elif compiled_here "$server"; then
    printf '%s\n' "$too_much" "Have it compiled again without them: $again --rebuild" \
      "If it is already, install a package of llama.cpp, for instance with 'brew install llama.cpp'."
  else
    printf '%s\n' "$too_much" "Update $server, or have another compiled and tried out: $again --build"
  fi
}

# fail_dead <exit code> <when> [hint where it was no signal]: for a server that ended by itself.
fail_dead() {
  local signal how="ended with code $1" hint=${3:-}
  signal=$(signal_of "$1")
  if [ -n "$signal" ]; then how="died by $(signal_words "$signal")" hint=$(mend_of_death "$signal"); fi
  fail 1 "llama-server $how$2. The end of $log_file:" "$(last_lines "$log_file" 15)" "$(printf '%s' "$hint" | sed '2,$s/^/  /')"
}

command_of() {
  if [ -r "/proc/$1/cmdline" ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -ww -p "$1" -o args= 2>/dev/null; fi
}

# Sets running_pid to the server started on this port; not to a process that got its number later.
find_running() {
  running_pid=''
  local pid='' program=''
  [ -f "$pid_file" ] || return 0
  { IFS= read -r pid && IFS= read -r program; } <"$pid_file" || true
  if [[ $pid =~ ^[1-9][0-9]*$ ]] && [ -n "$program" ] && kill -0 "$pid" 2>/dev/null && [[ $(command_of "$pid") == *"$program"* ]]; then
    running_pid=$pid
  fi
}

# end_process <pid>: asks it, and insists after 10 seconds.
end_process() {
  local turn
  kill -TERM "$1" 2>/dev/null || return 0
  for turn in $(seq 1 100); do
    kill -0 "$1" 2>/dev/null || return 0
    if [ "$turn" = 100 ]; then kill -KILL "$1" 2>/dev/null || true; fi
    sleep 0.1
  done
}

stop_server() {
  find_running
  if [ -z "$running_pid" ]; then
    rm -f "$pid_file"
    say "No llama-server that this script started is running on port $port."
    return
  fi
  # First, so that a start in the foreground knows.
  rm -f "$pid_file"
  end_process "$running_pid"
  say "Stopped the llama-server on port $port (process $running_pid)."
}

require_free_port() {
  find_running
  if [ -n "$running_pid" ]; then
    say "A llama-server is already running at $address (process $running_pid, log $log_file)."
    say "Stop it: $again --stop"
    exit 0
  fi
  local answer
  answer=$(health)
  case $answer in
    '') return ;;
    HTTP/*' 200'* | HTTP/*' 503'*) answer='a model server that this script did not start' ;;
    *) answer='another program' ;;
  esac
  fail 1 "Port $port is taken by $answer." 'Use or stop that one, or set LLAMA_PORT to a free port.'
}

# give_up <pid>
give_up() {
  local code=0
  { wait "$1" || code=$?; } 2>/dev/null
  rm -f "$pid_file"
  local hint='If memory is short: set a smaller LLAMA_CTX_SIZE or LLAMA_GPU_LAYERS, or take a smaller model.'
  if [ "$model_flag" = -hf ]; then
    hint="$hint Without OpenSSL it cannot download: fetch the .gguf file yourself and set LLAMA_MODEL to its path."
  fi
  fail_dead "$code" ' before it was ready' "$hint"
}

start_server() {
  require_free_port
  require_proven
  # Read prompts lie there: nobody else's business.
  (umask 077 && mkdir -p "$slots_folder" && : >"$log_file")
  if [ "$mode" = detach ]; then command_line=(nohup "${command_line[@]}"); fi
  "${command_line[@]}" >>"$log_file" 2>&1 </dev/null &
  local pid=$! code=0
  printf '%s\n%s\n' "$pid" "$server" >"$pid_file"
  trap 'end_process "$pid"; rm -f "$pid_file"; say "Stopped."; exit 130' INT TERM HUP
  say "Starting $server with $model. Log: $log_file"
  local what='Waiting for the model to be loaded'
  if [ "$model_flag" = -hf ]; then what="$what, the first time also downloaded"; fi
  watch_process "$pid" "$log_file" "$what" health
  kill -0 "$pid" 2>/dev/null || give_up "$pid"
  say "llama-server is ready at $address (process $pid)."
  if [ "$mode" = detach ]; then
    say "Stop it: $again --stop"
    return
  fi
  say 'Stop it: Ctrl-C'
  { wait "$pid" || code=$?; } 2>/dev/null
  if [ ! -f "$pid_file" ]; then say 'Stopped by --stop.' && exit 0; fi
  rm -f "$pid_file"
  fail_dead "$code" ''
}

# shellcheck source-path=SCRIPTDIR source=build-llama-server.sh
. "$script_folder/build-llama-server.sh"

# In braces: bash reads on while it runs, and this file may change.
{
mode=run build='' parallel='' extra=()
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=${build:-yes} ;;
    --rebuild) build=rebuild ;;
    --only-build) build=${build:-yes} && mode=only-build ;;
    --only-prove) mode=only-prove ;;
    --detach) mode=detach ;;
    --stop) mode=stop ;;
    --dry-run) mode=dry-run ;;
    --print0) mode=print0 ;;
    --parallel)
      [ $# -ge 2 ] || fail 2 '--parallel needs a number.' 'For instance: --parallel 2'
      parallel=$2
      shift
      ;;
    --help | -h) usage && exit 0 ;;
    --) shift && extra=("$@") && break ;;
    *) fail 2 "There is no option \"$(shown "$1")\"." '--help lists them; flags for llama-server stand after --' ;;
  esac
  shift
done

cache=${XDG_CACHE_HOME:-$HOME/.cache}/multiagent
bundle_package=$(find_bundle_package)

host=$(setting LLAMA_HOST 127.0.0.1)
case ${LLAMA_HOST:-}$host in
  127.0.0.1 | localhost | ::1) ;;
  *) [ -n "${LLAMA_HOST:-}" ] || fail 2 "LLAMA_HOST in .env is $(shown "$host"): other machines could reach the server, and a file of the project must not decide that." \
    'Set LLAMA_HOST in your shell if you want it, or remove it there.' ;;
esac
[[ $host =~ ^[0-9A-Za-z:][0-9A-Za-z.:-]*$ ]] || fail 2 'LLAMA_HOST has to be an address to listen on, such as 127.0.0.1.'
port=$(setting LLAMA_PORT 8080)
require_number LLAMA_PORT "$port" 1 65535
case $host in
  0.0.0.0) probe_host=127.0.0.1 ;;
  ::) probe_host=::1 ;;
  *) probe_host=$host ;;
esac
case $probe_host in *:*) url_host="[$probe_host]" ;; *) url_host=$probe_host ;; esac
address=http://$url_host:$port/v1
pid_file=$cache/llama-server-$port.pid
log_file=$cache/llama-server-$port.log
slots_folder=$cache/slots
again=$(printf '%q' "$script_folder/$(basename "${BASH_SOURCE[0]}")")
if [ "$port" != 8080 ]; then again="LLAMA_PORT=$port $again"; fi

if [ "$mode" = stop ]; then
  stop_server
  exit 0
fi
if [ -n "$build" ]; then build_server; fi
if [ "$mode" = only-build ]; then
  printf '%s\n' "$server"
  exit 0
fi

if [ "$mode" = only-prove ]; then
  find_server
  require_proven
  exit 0
fi

model=$(setting LLAMA_MODEL "$default_model")
context=$(setting LLAMA_CTX_SIZE 16384)
layers=$(setting LLAMA_GPU_LAYERS 99)
threads=$(setting LLAMA_THREADS '')
[ -n "$parallel" ] || parallel=$(setting LLAMA_PARALLEL 1)
require_number LLAMA_CTX_SIZE "$context" 256 100000000
require_number LLAMA_GPU_LAYERS "$layers" 0 9999
[ -z "$threads" ] || require_number LLAMA_THREADS "$threads" 1 4096
require_number 'The number of slots (--parallel, LLAMA_PARALLEL)' "$parallel" 1 256

model_flag=-hf
model_hint='Give the path of a .gguf file, or a Hugging Face repository such as owner/name-GGUF:Q4_K_M.'
model=${model/#\~\//$HOME/}
case $model in
  *.[gG][gG][uU][fF])
    model_flag=-m
    [ -f "$model" ] || fail 2 "LLAMA_MODEL names a file that is not there: $(shown "$model")" "$model_hint"
    # A dash first would make it a flag.
    case $model in /* | ./* | ../*) ;; *) model=./$model ;; esac
    ;;
  *) [[ $model =~ ^[0-9A-Za-z][0-9A-Za-z._-]*/[0-9A-Za-z][0-9A-Za-z._-]*(:[0-9A-Za-z._-]+)?$ ]] ||
    fail 2 "LLAMA_MODEL is neither a .gguf file nor a repository: \"$(shown "$model")\"" "$model_hint" ;;
esac

if [ -z "$build" ]; then find_server; fi
command_line=("$server" "$model_flag" "$model" -c "$context" -np "$parallel" -ngl "$layers")
if [ -n "$threads" ]; then command_line+=(-t "$threads"); fi
command_line+=(--jinja --slot-save-path "$slots_folder" --host "$host" --port "$port")
command_line+=(${extra[@]+"${extra[@]}"})

if [ "$mode" = print0 ]; then
  printf '%s\0' "${command_line[@]}"
  exit 0
fi
if [ "$mode" = dry-run ]; then
  printf '%q ' "${command_line[@]}" | sed 's/ $//' && echo
  exit 0
fi
case $host in
  127.* | localhost | ::1) ;;
  *) say "Warning: LLAMA_HOST is $host, so other machines may reach this server, which asks nobody for a key." ;;
esac
start_server
exit 0
}
