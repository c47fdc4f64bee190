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
  --build        use the llama.cpp of node-llama-cpp; compile it first if need be
  --only-build   compile it, print the path of the program, and end
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
  LLAMA_HOST        address to listen on (default 127.0.0.1)
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

find_bundle_package() {
  local folder
  for folder in "$script_folder/../node_modules" "$script_folder/../.." "$PWD/node_modules"; do
    if [ -f "$folder/node-llama-cpp/llama/gitRelease.bundle" ]; then
      (cd -P "$folder/node-llama-cpp" && pwd)
      return
    fi
  done
}

version_of() { sed -n 's/^[[:space:]]*"version":[[:space:]]*"\([0-9A-Za-z.+-]*\)".*/\1/p' "$1/package.json" | head -n 1; }

# A file marks an unfinished build.
is_built() { [ -x "$1/build/bin/llama-server" ] && [ ! -e "$1/build.unfinished" ]; }

# That of the package here, else the last one.
find_earlier_build() {
  local folder found='' program=build/bin/llama-server
  [ -z "$bundle_package" ] || found=$cache/llama.cpp-$(version_of "$bundle_package")
  if ! is_built "$found"; then
    found=''
    for folder in "$cache"/llama.cpp-*; do
      if is_built "$folder" && [ "$folder/$program" -nt "$found/$program" ]; then found=$folder; fi
    done
  fi
  [ -z "$found" ] || printf '%s' "$found/$program"
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
  if [ -z "$server" ] && [ "$mode" = print0 ]; then server=llama-server; fi
  [ -n "$server" ] || fail 1 'No llama-server was found: not in LLAMA_SERVER_BIN, not on the PATH, no earlier build.' \
    "Install one, for instance with 'brew install llama.cpp', or compile that of node-llama-cpp: $again --build"
}

require_build_tools() {
  local tool missing=''
  for tool in git cmake "${CXX:-c++}"; do command -v "$tool" >/dev/null || missing="$missing${missing:+, }$tool"; done
  [ -z "$missing" ] || fail 1 "Compiling llama-server needs $missing, which is not here." \
    'Debian, Ubuntu: sudo apt-get install git cmake g++ libssl-dev' \
    'Fedora:         sudo dnf install git cmake gcc-c++ openssl-devel' \
    'macOS:          xcode-select --install; brew install cmake openssl'
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

compile() {
  local jobs
  if [ ! -f "$source_folder/CMakeLists.txt" ]; then
    rm -rf "$source_folder" "$source_folder.partial"
    git clone --quiet "$bundle_package/llama/gitRelease.bundle" "$source_folder.partial"
    mv "$source_folder.partial" "$source_folder"
  fi
  : >"$source_folder/build.unfinished"
  jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
  # HTTPS, for models, needs OpenSSL's development files. Compiling fetches nothing.
  cmake -S "$source_folder" -B "$source_folder/build" -DCMAKE_BUILD_TYPE=Release -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \
    -DLLAMA_USE_PREBUILT_UI=OFF
  cmake --build "$source_folder/build" --target llama-server -j "$jobs"
  rm -f "$source_folder/build.unfinished"
}

build_server() {
  [ -n "$bundle_package" ] || fail 1 'The source of llama.cpp is not here: node-llama-cpp is not installed.' 'Install it: npm install node-llama-cpp'
  source_folder=$cache/llama.cpp-$(version_of "$bundle_package")
  server=$source_folder/build/bin/llama-server
  if [ "$mode" = dry-run ] || [ "$mode" = print0 ] || is_built "$source_folder"; then return; fi
  require_build_tools
  mkdir -p "$cache"
  local lock=$source_folder.lock log=$source_folder.log owner
  # A link is made in one go. An interrupted build leaves its own.
  if ! ln -s "$$" "$lock" 2>/dev/null; then
    owner=$(readlink "$lock" || true)
    if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then fail 1 "Another build is under way (process $owner)." "Its log: $log"; fi
    rm -f "$lock"
    ln -s "$$" "$lock"
  fi
  say "Compiling llama-server; this takes minutes. Log: $log"
  # In a group of its own, so that an interruption reaches the compilers.
  set -m
  (compile) >"$log" 2>&1 </dev/null &
  local worker=$!
  set +m
  trap 'kill -TERM -- "-$worker" 2>/dev/null; rm -f "$lock"; say "Interrupted; the same command goes on from here."; exit 130' INT TERM HUP
  watch_process "$worker" "$log" Compiling exit
  local code=0
  wait "$worker" || code=$?
  trap - INT TERM HUP
  rm -f "$lock"
  [ "$code" = 0 ] || fail 1 "llama-server could not be compiled. The end of $log:" "$(last_lines "$log" 15)" \
    "Mend that and run the same command again; to begin afresh, remove $source_folder"
  say "Compiled: $server"
}

# Prints the status line of GET /health, or nothing, without curl.
health() {
  (
    exec 3<>"/dev/tcp/$probe_host/$port" || exit 0
    printf 'GET /health HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n' "$url_host" >&3
    IFS= read -r -t 5 line <&3 || line=''
    printf '%s' "${line:-listens}"
  ) 2>/dev/null || true
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

give_up() {
  rm -f "$pid_file"
  local hint='If memory is short: set a smaller LLAMA_CTX_SIZE or LLAMA_GPU_LAYERS, or take a smaller model.'
  if [ "$model_flag" = -hf ]; then
    hint="$hint Without OpenSSL it cannot download: fetch the .gguf file yourself and set LLAMA_MODEL to its path."
  fi
  fail 1 "llama-server ended before it was ready. The end of $log_file:" "$(last_lines "$log_file" 15)" "$hint"
}

start_server() {
  require_free_port
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
  kill -0 "$pid" 2>/dev/null || give_up
  say "llama-server is ready at $address (process $pid)."
  if [ "$mode" = detach ]; then
    say "Stop it: $again --stop"
    return
  fi
  say 'Stop it: Ctrl-C'
  wait "$pid" || code=$?
  if [ ! -f "$pid_file" ]; then say 'Stopped by --stop.' && exit 0; fi
  rm -f "$pid_file"
  fail 1 "llama-server ended by itself (code $code). The end of $log_file:" "$(last_lines "$log_file" 15)"
}

# In braces: bash reads on while it runs, and this file may change.
{
mode=run build='' parallel='' extra=()
while [ $# -gt 0 ]; do
  case $1 in
    --build) build=yes ;;
    --only-build) build=yes && mode=only-build ;;
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
if [ "$build" = yes ]; then build_server; fi
if [ "$mode" = only-build ]; then
  printf '%s\n' "$server"
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

if [ "$build" != yes ]; then find_server; fi
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
