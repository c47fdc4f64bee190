# shellcheck shell=bash
# The part of start-llama-server.sh that compiles a llama-server and has it prove itself; read by it, of no use alone.
#
# A compiler takes a processor to offer what it says of itself. A virtual machine may say more than it lets through (AMX): such a program starts, and dies
# at the first quantised weights. So each one is tried out once, and one that dies is compiled again with what the system itself lists. Beside the source lie:
#   build.unfinished  while it is being compiled
#   build.portable    the flags of a build that does not take the compiler's word
#   build.proven      the processor on which it was tried out with success

# Set by start-llama-server.sh.
: "${script_folder:?}" "${again:=}" "${cache:=}" "${mode:=}" "${build:=}" "${bundle_package:=}"

too_much='Most often a program that does so uses instructions that the processor, or the virtual machine on it, does not let through.'
noise_model=$script_folder/../models/quantised-noise.gguf

find_bundle_package() {
  local folder
  for folder in "$script_folder/../node_modules" "$script_folder/../../.." "$cache/engine/node_modules"; do
    if [ -f "$folder/node-llama-cpp/llama/gitRelease.bundle" ]; then
      (cd -P "$folder/node-llama-cpp" && pwd)
      return
    fi
  done
}

version_of() { sed -n 's/^[[:space:]]*"version":[[:space:]]*"\([0-9A-Za-z.+-]*\)".*/\1/p' "$1/package.json" | head -n 1; }

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

# compiled_here <program>: sets source_folder, where the program is one of ours.
compiled_here() {
  case $1 in
    "$cache"/llama.cpp-*/build/bin/llama-server) source_folder=${1%/build/bin/llama-server} ;;
    *) return 1 ;;
  esac
}

require_build_tools() {
  local tool missing=''
  for tool in git cmake "${CXX:-c++}"; do command -v "$tool" >/dev/null || missing="$missing${missing:+, }$tool"; done
  [ -z "$missing" ] || fail 1 "Compiling llama-server needs $missing, which is not here." \
    'Debian, Ubuntu: sudo apt-get install git cmake g++ libssl-dev' \
    'Fedora:         sudo dnf install git cmake gcc-c++ openssl-devel' \
    'macOS:          xcode-select --install; brew install cmake openssl'
}

# portable_flags <cpuinfo>: the instruction sets that the system lists and the compiler knows, never AMX. Without that file, those of every processor.
portable_flags() {
  local listed name features options feature state
  listed=" $(sed -n 's/^flags[[:space:]]*: //p' "$1" 2>/dev/null | head -n 1 || true) "
  printf '%s' -DGGML_NATIVE=OFF
  while [ "$listed" != '  ' ] && read -r name features options; do
    state=ON
    for feature in ${features//,/ }; do case $listed in *" $feature "*) ;; *) state=OFF ;; esac; done
    # shellcheck disable=SC2086 # several options
    if [ $state = ON ] && ! "${CXX:-c++}" ${options//,/ } -E -x c++ /dev/null >/dev/null 2>&1; then state=OFF; fi
    printf ' -DGGML_%s=%s' "$name" $state
  done <<'END'
SSE42 sse4_2 -msse4.2
AVX avx -mavx
AVX2 avx2 -mavx2
BMI2 bmi2 -mbmi2
FMA fma -mfma
F16C f16c -mf16c
AVX_VNNI avx_vnni -mavxvnni
AVX512 avx512f,avx512cd,avx512vl,avx512dq,avx512bw -mavx512f,-mavx512cd,-mavx512vl,-mavx512dq,-mavx512bw
AVX512_VBMI avx512f,avx512vl,avx512bw,avx512vbmi -mavx512vbmi
AVX512_VNNI avx512f,avx512vl,avx512bw,avx512_vnni -mavx512vnni
AVX512_BF16 avx512f,avx512vl,avx512bw,avx512_bf16 -mavx512bf16
END
  echo
}

compile() {
  local jobs flags=()
  if [ ! -f "$source_folder/CMakeLists.txt" ]; then
    rm -rf "$source_folder" "$source_folder.partial"
    git clone --quiet "$bundle_package/llama/gitRelease.bundle" "$source_folder.partial"
    mv "$source_folder.partial" "$source_folder"
  fi
  : >"$source_folder/build.unfinished"
  rm -f "$source_folder/build.proven"
  if [ "${portable:-}" = yes ]; then portable_flags /proc/cpuinfo >"$source_folder/build.portable"; fi
  if [ -f "$source_folder/build.portable" ]; then read -r -a flags <"$source_folder/build.portable"; fi
  jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
  # HTTPS, for models, needs OpenSSL's development files. Compiling fetches nothing.
  cmake -S "$source_folder" -B "$source_folder/build" -DCMAKE_BUILD_TYPE=Release -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \
    -DLLAMA_USE_PREBUILT_UI=OFF ${flags[@]+"${flags[@]}"}
  cmake --build "$source_folder/build" --target llama-server -j "$jobs"
  rm -f "$source_folder/build.unfinished"
}

compile_watched() {
  local log=$source_folder.log worker code=0
  require_build_tools
  say "Compiling llama-server; this takes minutes. Log: $log"
  # In a group of its own, so that an interruption reaches the compilers.
  set -m
  (compile) >"$log" 2>&1 </dev/null &
  worker=$!
  set +m
  trap 'kill -TERM -- "-$worker" 2>/dev/null; say "Interrupted; the same command goes on from here."; exit 130' INT TERM HUP
  watch_process "$worker" "$log" Compiling exit
  wait "$worker" || code=$?
  trap - INT TERM HUP
  [ "$code" = 0 ] || fail 1 "llama-server could not be compiled. The end of $log:" "$(last_lines "$log" 15)" \
    "Mend that and run the same command again; to begin afresh, remove $source_folder"
  say "Compiled: $server"
}

# What a proof holds for: a home moves to another machine, and a virtual machine to another host.
processor() {
  {
    uname -sm
    grep -m 1 '^model name' /proc/cpuinfo
    grep -m 1 -E '^(flags|Features)' /proc/cpuinfo
    sysctl -n machdep.cpu.brand_string
  } 2>/dev/null | cksum || true
}

is_proven() { [ "$(cat "$source_folder/build.proven" 2>/dev/null)" = "$(processor)" ]; }

# One token at a time and many at once take different ways through the arithmetic: the prompt has many, the reply is written one by one.
prompt='Whoever reads this has computed quantised weights, and whoever has not will never come to the end of this sentence.'
question='{"prompt":"'$prompt'","n_predict":4,"grammar":"root ::= [a-z]+"}'

# What is set for the server of the team is not meant for this one, and a death that is expected leaves no core.
serve_noise() {
  local name
  for name in ${!LLAMA_ARG_@} ${!LLAMA_LOG_@} LLAMA_API_KEY; do unset "$name"; done
  ulimit -c 0
  # Not as the last command, so that this shell remains and tells how it ended.
  "$server" -m "$noise_model" --host 127.0.0.1 --port 0 -c 512 -np 1 -ngl 0
  exit $?
}

# try_out: has the server compute quantised weights. Sets outcome to computes, dies (by the signal in $death) or unclear (for the reason in $death).
try_out() {
  local log=$source_folder.proof-$$.log worker port='' code=0 waited=0
  outcome=unclear death="$noise_model is not there"
  [ -f "$noise_model" ] || return 0
  : >"$log"
  set -m
  (serve_noise) >"$log" 2>&1 </dev/null &
  worker=$!
  set +m
  trap 'kill -KILL -- "-$worker" 2>/dev/null; rm -f "$log"; say Interrupted.; exit 130' INT TERM HUP
  while kill -0 "$worker" 2>/dev/null && [ $waited -lt 1200 ]; do
    port=$(sed -n 's!.*listening on http://127\.0\.0\.1:\([0-9]\{1,5\}\).*!\1!p' "$log" | tail -n 1)
    [ -z "$port" ] || break
    sleep 0.1
    waited=$((waited + 1))
  done
  death='it does not answer'
  if [ -n "$port" ]; then
    death=$(status_line 127.0.0.1 "$port" 60 POST /completion "$question")
    case $death in HTTP/*' 200'*) outcome=computes ;; esac
  fi
  # One that has just died needs a moment to be gone.
  waited=0
  while [[ $death != HTTP/* ]] && kill -0 "$worker" 2>/dev/null && [ $waited -lt 100 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  if kill -KILL -- "-$worker" 2>/dev/null; then wait "$worker" 2>/dev/null || true; else
    wait "$worker" 2>/dev/null || code=$?
    death=$(signal_of "$code")
    if is_crash "$death"; then outcome=dies; else death="it ended with code $code: $(last_lines "$log" 1)"; fi
  fi
  trap - INT TERM HUP
  rm -f "$log"
}

# Keeps what came out, except a death.
note_outcome() {
  if [ "$outcome" = computes ]; then processor >"$source_folder/build.proven"; fi
  if [ "$outcome" = unclear ]; then say "Warning: whether $server gets through quantised weights could not be found out ($(shown "$death"))."; fi
}

# For a program that was compiled earlier, whoever compiled it: at its first use on this machine.
require_proven() {
  compiled_here "$server" || return 0
  if is_proven; then return; fi
  try_out
  note_outcome
  [ "$outcome" != dies ] || fail 1 "$server was compiled earlier and dies by $(signal_words "$death") as soon as it computes quantised weights." \
    "$too_much" "Have it compiled again without them: $again --build"
}

# True where it is built with the flags that this machine has now.
is_portable() { [ "$(cat "$source_folder/build.portable" 2>/dev/null)" = "$(portable_flags /proc/cpuinfo)" ]; }

prove() {
  try_out
  if [ "$outcome" = dies ] && ! is_portable; then
    say "It dies by $(signal_words "$death") as soon as it computes quantised weights. $too_much"
    say 'It is compiled again without them.'
    portable=yes
    compile_watched
    try_out
  fi
  note_outcome
  [ "$outcome" != dies ] || fail 1 "The llama-server that was compiled here dies by $(signal_words "$death") on quantised weights, also without instructions that the system does not list." \
    "Install a package of llama.cpp (for instance 'brew install llama.cpp'), or name another llama-server in LLAMA_SERVER_BIN." \
    "To have this one compiled afresh, for instance with a newer compiler, remove $source_folder"
  if [ "$outcome" = computes ]; then say 'It gets through quantised weights on this machine.'; fi
}

build_server() {
  [ -n "$bundle_package" ] || fail 1 'The source of llama.cpp is not here: node-llama-cpp is not installed.' 'Install it: multiagent engine install'
  source_folder=$cache/llama.cpp-$(version_of "$bundle_package")
  server=$source_folder/build/bin/llama-server
  if [ "$mode" = dry-run ] || [ "$mode" = print0 ]; then return; fi
  local portable=''
  if [ "$build" = rebuild ] && ! is_portable; then portable=yes; fi
  if [ -z "$portable" ] && is_built "$source_folder" && is_proven; then return; fi
  mkdir -p "$cache"
  local lock=$source_folder.lock owner
  # A link is made in one go. An interrupted build leaves its own.
  if ! ln -s "$$" "$lock" 2>/dev/null; then
    owner=$(readlink "$lock" || true)
    if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then fail 1 "Another build is under way (process $owner)." "Its log: $source_folder.log"; fi
    rm -f "$lock"
    ln -s "$$" "$lock"
  fi
  build_lock=$lock
  trap 'rm -f "$build_lock"' EXIT
  if [ -n "$portable" ] || ! is_built "$source_folder"; then compile_watched; fi
  prove
  rm -f "$lock"
  trap - EXIT
}
