#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Starts, stops and queries a server, with the commands of ZooKeeper's script of the same name.

here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
here=${here%/*}

if [[ ${1:-} == --config ]]; then
  [[ -d ${2:-} ]] || { echo "--config needs a directory: ${2:-none was given}" >&2; exit 2; }
  export ZOOCFGDIR=$2
  shift 2
fi
# shellcheck source-path=SCRIPTDIR source=zkEnv.sh
. "$here/zkEnv.sh" || exit 3

STOP_SECONDS=15
START_SECONDS=30

usage()
{
  echo "Usage: $0 [--config <conf-dir>] {start|start-foreground|stop|version|restart|status|upgrade|print-cmd} [zoo.cfg]"
}

pid_file()
{
  if [[ -n ${ZOOPIDFILE:-} ]]; then
    printf '%s\n' "$ZOOPIDFILE"
    return
  fi
  local data_dir
  data_dir=$(caracal_config_value dataDir "$config")
  [[ -n $data_dir ]] || caracal_fail 2 "$config: dataDir is not set; write a line dataDir=/path"
  printf '%s/zookeeper_server.pid\n' "$data_dir"
}

require_config()
{
  # A port alone may begin a command line of ZooKeeper's server, but not of this script.
  [[ -f $config || ! ${config##*/} =~ ^[0-9]+$ ]] ||
    caracal_fail 2 "no configuration file $config; name a file, and write the port into it: clientPort=${config##*/}"
  [[ -f $config ]] || caracal_fail 2 "no configuration file $config; copy zoo_sample.cfg beside it, or name another file"
  caracal_need_readable "$config"
}

# Prints the number in a file of the process id. A blank after it marks one that the server has not yet written itself.
number_in()
{
  local number=''
  [[ -f $1 ]] && read -r number < "$1"
  printf '%s\n' "$number"
}

# Whether the process in a file is the server. The number alone may belong to any other process: one that was started
# after a kill or a boot or, if the file was written in a container, one that has that number here. After a boot it may
# well be another server of this machine.
is_running()
{
  local pid
  pid=$(number_in "$1") && is_server "$pid" && ! is_server_of_other_data "$pid"
}

is_server()
{
  [[ $1 =~ ^[0-9]+$ ]] && tr '\0' '\n' 2>/dev/null < "/proc/$1/cmdline" | grep -qx 'io\.caracal\.server\.main\.ServerMain'
}

# Whether the file belongs to another server, which is running. A server that merely has the number that an earlier one
# left in the file, as after a boot, keeps its own number in another file.
is_file_of_other_server()
{
  local pid name
  pid=$(number_in "$1") && is_server "$pid" && is_server_of_other_data "$pid" || return
  # The environment of another user's server is not readable. The file then counts as its own if it has the same owner.
  if [[ ! -r /proc/$pid/environ ]]; then
    [[ $(stat -L -c %u "/proc/$pid" 2>/dev/null) == $(stat -L -c %u "$1") ]]
    return
  fi
  name=$(tr '\0' '\n' 2>/dev/null < "/proc/$pid/environ" | sed -n 's/^ZOOPIDFILE=//p')
  [[ -n $name && $(seen_from "$pid" "$name") -ef $1 ]]
}

# Whether a process has not ended yet. One that has ended keeps its number until its parent asks for that, and the first
# process of a container may never do so.
is_alive()
{
  local stat=
  kill -0 "$1" 2>/dev/null || return
  { read -r stat < "/proc/$1/stat"; } 2>/dev/null
  [[ ${stat##*) } != [ZX]* ]]
}

# Prints the owner of a process if that is another user, whose server may well be another one.
of_other_user()
{
  [[ ! -O /proc/$1 ]] || return
  printf ' of user %s' "$(stat -c %U "/proc/$1" 2>/dev/null)"
  [[ -z ${ZOOPIDFILE:-} ]] || printf '; if that is a server of other data, set ZOOPIDFILE to another path for each'
}

# Whether a server was told to keep its data elsewhere. What cannot be seen from here counts as ours.
is_server_of_other_data()
{
  local words=() word ours theirs='' file=''
  ours=$(caracal_config_value dataDir "$config")
  # Word by word: mapfile of bash before 4.4, as in CentOS 7, cannot split at zero bytes.
  while IFS= read -r -d '' word; do
    words+=("$word")
  done 2>/dev/null < "/proc/$1/cmdline"
  while ((${#words[@]} > 0)) && [[ ${words[0]} != io.caracal.server.main.ServerMain ]]; do
    words=("${words[@]:1}")
  done
  for word in "${words[@]:1}"; do
    case $word in
      dataDir=*) theirs=${word#*=} ;;
      */* | *.cfg) file=$(seen_from "$1" "$word") ;;
    esac
  done
  [[ -n $theirs || -z $file || ! -r $file ]] || theirs=$(caracal_config_value dataDir "$file")
  [[ -n $theirs ]] || return 1
  theirs=$(seen_from "$1" "$theirs")
  [[ -d $theirs && ! $theirs -ef $ours ]]
}

# Prints a path of another process as seen from here: a relative one begins at that process's directory.
seen_from()
{
  case $2 in
    /*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "/proc/$1/cwd/$2" ;;
  esac
}

is_member()
{
  local key count=0
  [[ -z $(caracal_config_value dynamicConfigFile "$config") ]] || return 0
  caracal_read_config "$config"
  for key in "${CONFIG_KEYS[@]}"; do
    [[ $key != server.[0-9]* ]] || ((++count))
  done
  ((count > 1))
}

# Starts in the background and waits until the server serves (a member of an ensemble: runs) or has ended.
start()
{
  local file out pid deadline apart=nohup
  require_config
  file=$(pid_file) || exit $?
  echo "Using config: $config" >&2
  printf 'Starting zookeeper ... '
  if is_running "$file"; then
    echo "already running as process $(number_in "$file")$(of_other_user "$(number_in "$file")")."
    return 1
  fi
  if is_file_of_other_server "$file"; then
    echo "$file is that of process $(number_in "$file"), a server of other data: set ZOOPIDFILE to another path for each"
    return 1
  fi
  mkdir -p "$ZOO_LOG_DIR" || caracal_fail 3 "cannot make $ZOO_LOG_DIR: set ZOO_LOG_DIR to a directory of $(caracal_user)"
  [[ $file == */* ]] || file=./$file
  mkdir -p "${file%/*}" || caracal_fail 3 "cannot make ${file%/*}: give the directory above it to $(caracal_user)"
  caracal_need_java
  caracal_classpath tools/server
  # Never ZOO_LOG_FILE, which a logback.xml may use for its own log: it would be emptied below.
  out=$ZOO_LOG_DIR/zookeeper-$(caracal_user)-server-${HOSTNAME:-localhost}.out
  # Emptied before the start, not by it, so that the output of an earlier run is not taken for news.
  : > "$out" || caracal_fail 3 "cannot write $out: set ZOO_LOG_DIR"
  # In a session of its own, the server survives the end of the terminal. nohup would make it ignore SIGHUP for good, on
  # which it reads its configuration again.
  command -v setsid >/dev/null && apart=setsid
  # With job control, as under bash -m, setsid would start the server in a child of unknown number.
  set +m
  ZOOPIDFILE=$file "$apart" "$here/caracal" server "$config" >> "$out" 2>&1 < /dev/null &
  pid=$!
  # The server itself writes the file only after it has read its log, which may be long. This lets it be stopped before.
  # If the file cannot be written, the server reports that.
  is_running "$file" || { printf '%s \n' "$pid" > "$file"; } 2>/dev/null
  deadline=$((SECONDS + START_SECONDS))
  while ((SECONDS < deadline)); do
    if ! kill -0 "$pid" 2>/dev/null; then
      wait "$pid"
      [[ -f $file && $(< "$file") == "$pid " ]] && rm -f "$file"
      # Leaves out stack traces: after a failure of java itself, the last lines would show nothing else.
      echo "FAILED TO START" && grep -Ev '^[[:space:]]+(at |\.\.\. [0-9]+ more)' "$out" | tail -n 5 >&2
      return 1
    fi
    if grep -q '^serving clients on ' "$out"; then
      echo STARTED
      return 0
    fi
    # A member of an ensemble serves only once others have started as well. This does not wait for them.
    if is_member && [[ -f $file && $(< "$file") == "$pid" ]]; then
      echo STARTED
      return 0
    fi
    sleep 0.1
  done
  echo "STARTED (not serving clients so far, see $out)"
}

stop()
{
  local file pid deadline
  require_config
  file=$(pid_file) || exit $?
  printf 'Stopping zookeeper ... '
  if ! is_running "$file"; then
    echo "no zookeeper to stop (could not find a running process in $file)"
    return 0
  fi
  pid=$(number_in "$file")
  if ! kill -TERM "$pid" 2>/dev/null && [[ -d /proc/$pid ]]; then
    echo "process $pid belongs to $(stat -c %U "/proc/$pid"): run this as that user"
    return 1
  fi
  deadline=$((SECONDS + STOP_SECONDS))
  while is_alive "$pid" && ((SECONDS < deadline)); do
    sleep 0.1
  done
  if is_alive "$pid"; then
    echo "process $pid did not end within $STOP_SECONDS s; to end it at once: kill -KILL $pid"
    return 1
  fi
  # By now the file may belong to another server, which was started at once.
  [[ -f $file && $(number_in "$file") != "$pid" ]] || rm -f "$file"
  echo STOPPED
  # Even if that could not be printed, for example to a full disk: a restart goes on.
  return 0
}

# Prints the [ADDRESS:]PORT for clients after the semicolon of our server line; of the first one if ours is not known.
client_part()
{
  local i part
  [[ -f $2 ]] || return
  caracal_read_config "$2"
  for i in "${!CONFIG_KEYS[@]}"; do
    if [[ ${CONFIG_KEYS[i]} == server.${1:-[0-9]*} && ${CONFIG_VALUES[i]} == *\;* ]]; then
      # A generated line may have empty parts at its end.
      part=${CONFIG_VALUES[i]#*;}
      part=${part%"${part##*[!;: ]}"}
      printf '%s\n' "${part#"${part%%[! ]*}"}"
      return
    fi
  done
}

say_no_members()
{
  local what="is not there"
  [[ ! -e $1 ]] || what="cannot be read by $(caracal_user)"
  echo "$1, where the port of clients is written, $what; $config names it as dynamicConfigFile" >&2
}

status()
{
  local host port server answer mode data_dir myid members
  require_config
  echo "Using config: $config" >&2
  port=$(caracal_config_value clientPort "$config")
  host=$(caracal_config_value clientPortAddress "$config")
  if [[ -z $port ]]; then
    data_dir=$(caracal_config_value dataDir "$config")
    [[ -f $data_dir/myid ]] && myid=$(tr -d '[:space:]' < "$data_dir/myid")
    server=$(client_part "$myid" "$config")
    members=$(caracal_config_value dynamicConfigFile "$config")
    if [[ -z $server && -n $members ]]; then
      # Not the default port: another server may well answer there.
      [[ -f $members && -r $members ]] || { say_no_members "$members" && return 1; }
      server=$(client_part "$myid" "$members")
    fi
    port=${server##*:}
    [[ $server == *:* ]] && host=${server%:*}
  fi
  port=${port:-2181}
  host=${host#[}
  host=${host%]}
  case $host in
    '' | 0.0.0.0 | ::) host=localhost ;;
  esac
  echo "Client port found: $port. Client address: $host. Client SSL: false." >&2
  answer=$(caracal_ask "$host" "$port" srvr)
  mode=$(printf '%s\n' "$answer" | grep '^Mode: ')
  if [[ -z $mode ]]; then
    echo "Error contacting service. ${answer:-It is probably not running.}" >&2
    return 1
  fi
  echo "$mode"
}

print_command()
{
  require_config
  caracal_need_java
  caracal_classpath tools/server
  caracal_server_flags
  # Each word is quoted where necessary, so that the line can be pasted.
  printf '%q ' "$JAVA" "@$JAVA_ARGS_FILE" "${SERVER_FLAGS[@]}" -cp "$CLASSPATH_OF" io.caracal.server.main.ServerMain "$config"
  echo
}

action=${1:-}
config=$(caracal_config_path "${2:-}")
case $action in
  start) start ;;
  start-foreground)
    require_config
    ZOOPIDFILE=$(pid_file) || exit $?
    export ZOOPIDFILE
    # ZooKeeper's variable for callers that want to do something after the server has ended.
    if [[ -n ${ZOO_NOEXEC:-} ]]; then
      "$here/caracal" server "$config"
      exit
    fi
    exec "$here/caracal" server "$config"
    ;;
  stop) stop ;;
  restart)
    stop || exit 1
    start
    ;;
  status) status ;;
  version) exec "$here/caracal" version ;;
  print-cmd) print_command ;;
  upgrade)
    echo "To take over the data of a ZooKeeper server: caracal import --from <dataDir of ZooKeeper> --to <new dataDir>"
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
