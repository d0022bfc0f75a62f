#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2034 # variables are for those who source this file
#
# Shared by all commands: finds directories, java and the class path, and sets the size of the heap. Sourced, never run.
# Works in a source tree (tools/bin) and in the unpacked release archive (bin). Sets options of the shell, and defines:
#   CARACAL_HOME, CARACAL_ROOT, ZOOCFGDIR, ZOOCFG, ZOO_LOG_DIR and functions that begin with caracal_.

# Undoes options such as -e and -u, which a caller may have set for itself or exported in SHELLOPTS. These scripts check
# for failures themselves.
set +e +u +f +C +o pipefail

# Opens what the caller has closed of the standard streams. A file of java's own would get that number, and the shell
# would take the bytes in it for commands. There is nothing to read, and writing fails, as before.
[[ -e /proc/self/fd/0 ]] || exec 0< /dev/null
[[ -e /proc/self/fd/1 ]] || exec 1< /dev/null
[[ -e /proc/self/fd/2 ]] || exec 2< /dev/null

caracal_fail()
{
  local code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

caracal_self=${BASH_SOURCE[0]}
while [[ -L $caracal_self ]]; do
  caracal_link=$(readlink "$caracal_self")
  [[ $caracal_link == /* ]] || caracal_link=${caracal_self%/*}/$caracal_link
  caracal_self=$caracal_link
done
[[ $caracal_self == */* ]] || caracal_self=./$caracal_self
# With CDPATH set, cd would search elsewhere first, and print where it went.
CARACAL_HOME=$(CDPATH='' cd -P "${caracal_self%/*}/.." && pwd) || exit 3
[[ $CARACAL_HOME != *:* ]] ||
  caracal_fail 3 "$CARACAL_HOME: java takes no path with a colon in it; move all of it to another one"
CARACAL_ROOT=
JAVA=
JAVA_PASSED_OVER=
JAVA_ARGS_FILE=
CLASSPATH_OF=
RUN_DIRECTORY=
SERVER_FLAGS=()
# A segment of the log, in units of ulimit.
FILE_LENGTH_MIN=131072
# Jars, libraries and modules of java, and the files, links and connections of a server with next to no clients.
FILES_MIN=256
[[ -f $CARACAL_HOME/../pom.xml && -d $CARACAL_HOME/../engine ]] && CARACAL_ROOT=${CARACAL_HOME%/*}

ZOOCFGDIR=${ZOOCFGDIR:-$CARACAL_HOME/conf}
# shellcheck disable=SC1091
[[ -f $ZOOCFGDIR/zookeeper-env.sh ]] && . "$ZOOCFGDIR/zookeeper-env.sh"
# shellcheck disable=SC1091
[[ -f $ZOOCFGDIR/java.env ]] && . "$ZOOCFGDIR/java.env"
ZOOCFG=${ZOOCFG:-zoo.cfg}
ZOO_LOG_DIR=${ZOO_LOG_DIR:-$CARACAL_HOME/logs}

# Prints the path of a configuration file: below ZOOCFGDIR, unless the name is a path or exists only as given.
caracal_config_path()
{
  local name=${1:-$ZOOCFG}
  case $name in
    /* | ./* | ../*) printf '%s\n' "$name" ;;
    *)
      if [[ -f $ZOOCFGDIR/$name || ! -f $name ]]; then
        printf '%s\n' "$ZOOCFGDIR/$name"
      else
        printf '%s\n' "$name"
      fi
      ;;
  esac
}

# Prints the user who runs this; the number where it has no name, as in a container that runs under any number.
caracal_user()
{
  id -un 2>/dev/null
}

# A file that cannot be read must not be taken for one in which nothing is set.
caracal_need_readable()
{
  [[ -r $1 ]] || caracal_fail 2 "$1 cannot be read by $(caracal_user); change its permissions or the user"
}

# Whether the encoding of this process is ASCII only, because none was chosen, or one that this machine does not have.
# The two bytes are one letter in UTF-8, and the single byte is a letter in the one-byte encodings.
caracal_knows_ascii_only()
{
  local two=$'\xc3\xa4' one=$'\xe4'
  [[ ${#two} == 2 && $one != [[:alpha:]] ]]
}

# Chooses UTF-8 where the encoding is ASCII only: java could not even open a file with an umlaut in its name.
caracal_know_all_names()
{
  ! caracal_knows_ascii_only || { export LC_ALL=C.UTF-8; } 2>/dev/null
}

# Prints a text file with line ends converted to those of this system, and without the byte order mark that some
# editors write. Text that is not UTF-8 is read as ISO 8859-1.
caracal_text()
{
  local text LC_ALL=C
  { text=$(< "$1"); } 2>/dev/null
  if [[ $text == *[$'\x80'-$'\xff']* ]] && command -v iconv >/dev/null &&
    ! iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1; then
    text=$(iconv -f ISO-8859-1 -t UTF-8 "$1")
  fi
  text=${text#$'\xef\xbb\xbf'}
  text=${text//$'\r\n'/$'\n'}
  printf '%s\n' "${text//$'\r'/$'\n'}"
}

# Fills CONFIG_KEYS and CONFIG_VALUES with the settings of a configuration file, in its order. The format is that of
# java.util.Properties, as the server reads it: a backslash continues a line at its end and escapes elsewhere, and a key
# ends at =, : or a blank.
caracal_read_config()
{
  local natural whole='' continued='' odd LC_ALL=C
  local separated=$'^(([^\\=: \t\f]|\\\\.)*)[ \t\f]*[=:]?[ \t\f]*(.*)$'
  CONFIG_KEYS=()
  CONFIG_VALUES=()
  while IFS= read -r natural; do
    natural=${natural#"${natural%%[!$' \t\f']*}"}
    if [[ -z $whole ]]; then
      continued=
      [[ -n $natural && $natural != [#!]* ]] || continue
    fi
    odd=${natural##*[!\\]}
    if ((${#odd} % 2 == 1)); then
      whole+=${natural%?}
      continued=yes
      continue
    fi
    caracal_add_setting "$whole$natural" "$separated"
    whole=
    continued=
  done < <(caracal_text "$1")
  [[ -z $continued ]] || caracal_add_setting "$whole" "$separated"
}

# Adds the setting of one logical line. Arguments: the line, the expression that splits it.
caracal_add_setting()
{
  local key value
  [[ -n $1 && $1 =~ $2 ]] || return
  key=${BASH_REMATCH[1]}
  value=${BASH_REMATCH[3]}
  caracal_unescape key
  caracal_unescape value
  value=${value#"${value%%[!$'\x01'-' ']*}"}
  CONFIG_KEYS+=("$key")
  CONFIG_VALUES+=("${value%"${value##*[!$'\x01'-' ']}"}")
}

# Replaces the escapes in a variable by the characters that they stand for.
caracal_unescape()
{
  local rest=${!1} plain='' sign
  while [[ $rest == *\\* ]]; do
    plain+=${rest%%\\*}
    rest=${rest#*\\}
    sign=${rest:0:1}
    case $rest in
      t*) sign=$'\t' ;;
      n*) sign=$'\n' ;;
      r*) sign=$'\r' ;;
      f*) sign=$'\f' ;;
      u[[:xdigit:]][[:xdigit:]][[:xdigit:]][[:xdigit:]]*)
        caracal_sign
        ;;
    esac
    plain+=$sign
    rest=${rest:1}
  done
  printf -v "$1" '%s' "$plain$rest"
}

# Decodes the \u escape at which rest stands: sets sign to the character in UTF-8, and removes all of the escape but its
# last digit from rest. Two escapes that form a surrogate pair are one character. Not done by printf, whose output for a
# number depends on the locale and is wrong in bash 4.2.
caracal_sign()
{
  local -i code=16#${rest:1:4} low
  rest=${rest:4}
  if ((code >= 0xd800 && code < 0xdc00)) && [[ $rest =~ ^.\\u([dD][c-fC-F][[:xdigit:]]{2}) ]]; then
    low=16#${BASH_REMATCH[1]}
    code='0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00'
    rest=${rest:6}
  fi
  if ((code < 0x80)); then
    caracal_bytes code
  elif ((code < 0x800)); then
    caracal_bytes '0xc0 | code >> 6' '0x80 | code & 0x3f'
  elif ((code < 0x10000)); then
    caracal_bytes '0xe0 | code >> 12' '0x80 | code >> 6 & 0x3f' '0x80 | code & 0x3f'
  else
    caracal_bytes '0xf0 | code >> 18' '0x80 | code >> 12 & 0x3f' '0x80 | code >> 6 & 0x3f' '0x80 | code & 0x3f'
  fi
}

# Sets sign to the bytes given as arithmetic expressions.
caracal_bytes()
{
  local byte octal format=''
  for byte; do
    printf -v octal '\\%03o' "$((byte))"
    format+=$octal
  done
  # shellcheck disable=SC2059 # the format is the bytes
  printf -v sign "$format"
}

# Prints the value of a key in a configuration file; the last one if the key is set twice.
caracal_config_value()
{
  local i value=
  [[ -f $2 ]] || return
  caracal_read_config "$2"
  for i in "${!CONFIG_KEYS[@]}"; do
    [[ ${CONFIG_KEYS[i]} != "$1" ]] || value=${CONFIG_VALUES[i]}
  done
  printf '%s\n' "$value"
}

# Prints the feature version of a JVM: from its release file if there is one, otherwise by running it.
caracal_java_version()
{
  local real home line
  real=$(readlink -f "$1" 2>/dev/null) || real=$1
  home=${real%/bin/java}
  if [[ -r $home/release ]]; then
    while IFS= read -r line; do
      if [[ $line == JAVA_VERSION=* ]]; then
        line=${line#JAVA_VERSION=\"}
        printf '%s\n' "${line%%[.\"+-]*}"
        return
      fi
    done < "$home/release"
  fi
  "$real" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

caracal_is_root_on_debian()
{
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1
}

caracal_apt_install()
{
  export DEBIAN_FRONTEND=noninteractive
  echo "installing $*" >&2
  { apt-get -qq -y install "$@" || { apt-get -qq update && apt-get -qq -y install "$@"; }; } >&2 </dev/null
}

# Sets JAVA and JAVA_ARGS_FILE. Looks at JAVA_HOME, the path, then what is installed; the argument "jdk" requires a JDK.
caracal_find_java()
{
  local candidate version compiler=${1:-jre}
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java)" /usr/lib/jvm/*/bin/java; do
    [[ -x $candidate ]] || continue
    [[ $compiler == jre || -x $(dirname "$(readlink -f "$candidate")")/javac ]] || continue
    version=$(caracal_java_version "$candidate")
    if [[ $version =~ ^[0-9]+$ ]] && ((version >= 17)); then
      JAVA=$candidate
      [[ -z ${JAVA_HOME:-} || $JAVA == "$JAVA_HOME/bin/java" || -n $JAVA_PASSED_OVER ]] ||
        JAVA_PASSED_OVER="$(caracal_about_java_home): $JAVA is taken"
      JAVA_ARGS_FILE=$CARACAL_HOME/conf/java-17.args
      ((version >= 24)) && JAVA_ARGS_FILE=$CARACAL_HOME/conf/java-25.args
      return 0
    fi
  done
  return 1
}

# Prints what is wrong with a JAVA_HOME that was not used.
caracal_about_java_home()
{
  local version=
  [[ -x $JAVA_HOME/bin/java ]] || { printf '%s\n' "JAVA_HOME=$JAVA_HOME has no program bin/java" && return; }
  version=$(caracal_java_version "$JAVA_HOME/bin/java")
  if [[ $version =~ ^[0-9]+$ ]] && ((version >= 17)); then
    printf '%s\n' "JAVA_HOME=$JAVA_HOME has no javac to build with"
  else
    printf '%s\n' "JAVA_HOME=$JAVA_HOME is of version ${version:-unknown}, not 17 or later"
  fi
}

caracal_need_java()
{
  caracal_find_java "$@" && return
  if caracal_is_root_on_debian; then
    caracal_apt_install openjdk-17-jdk-headless
    caracal_find_java "$@" && return
  fi
  caracal_fail 3 "no JDK 17 or later found: install one (Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless)" \
    "or set JAVA_HOME to one${JAVA_HOME:+; $(caracal_about_java_home)}"
}

caracal_need_maven()
{
  caracal_need_java jdk
  JAVA_HOME=$(readlink -f "$JAVA")
  export JAVA_HOME=${JAVA_HOME%/bin/java}
  caracal_know_all_names
  command -v mvn >/dev/null 2>&1 && return
  caracal_is_root_on_debian && caracal_apt_install maven
  command -v mvn >/dev/null 2>&1 || caracal_fail 3 \
    "no Maven found: install it (Debian, Ubuntu: sudo apt-get install maven)"
}

# Prints the modules that a program is built from, its own first.
caracal_modules()
{
  case $1 in
    tools/server) echo "tools/server engine transport journal" ;;
    tools/simulator) echo "tools/simulator engine" ;;
    *) echo "$1 tools/server tools/simulator engine transport journal" ;;
  esac
}

# Whether the build is newer than every source and still complete.
caracal_is_fresh()
{
  local built=$CARACAL_ROOT/$1/target/run entry paths=("$CARACAL_ROOT/pom.xml") module
  [[ -f $built/stamp && -s $built/classpath ]] || return 1
  for module in $(caracal_modules "$1"); do
    paths+=("$CARACAL_ROOT/$module/pom.xml" "$CARACAL_ROOT/$module/src/main")
  done
  [[ -z $(find "${paths[@]}" -newer "$built/stamp" -print -quit 2>/dev/null) ]] || return 1
  local IFS=:
  for entry in $(< "$built/classpath"); do
    [[ -f $entry ]] || return 1
  done
}

# Builds a module and those it needs. Each build copies our own jars into a new directory, so that the jars of a running
# program never change.
caracal_build()
{
  local module=$1 target=$CARACAL_ROOT/$1/target run
  caracal_need_maven
  echo "building $module, once and after each change of the sources: a minute or two, more where Maven downloads 200 MB" >&2
  run=$target/run-$(date +%s)-$$
  { mkdir -p "$run/lib" && : > "$run/stamp"; } || caracal_fail 3 "$target cannot be written to; the line above says why"
  (
    set -o pipefail
    cd "$CARACAL_ROOT" && mvn -B -pl "$module" -am package dependency:build-classpath -Dmaven.test.skip=true \
      -Dcheckstyle.skip -Dformatter.skip -Don.warnings=-nowarn -DincludeScope=runtime -Dmdep.outputFile=target/run.classpath \
      </dev/null 2>&1 | caracal_progress >&2
  ) || { rm -rf "$run"; caracal_fail 3 "building $module failed; the lines above say why"; }
  # Each later start would take a partial directory for a complete build.
  if ! { caracal_gather "$target" "$run" && ln -sfn "${run##*/}" "$target/run.new" && mv -Tf "$target/run.new" "$target/run"; }
  then
    rm -rf "$run"
    caracal_fail 3 "$module was built but could not be put into $run; the lines above say why: it takes 50 MB of room"
  fi
  caracal_prune "$target"
}

# Gathers the build in one directory that survives a power failure. Writes the class path last, which completes it.
caracal_gather()
{
  local target=$1 run=$2 entry classpath='' IFS=:
  for entry in "$target"/caracal-*.jar $(< "$target/run.classpath"); do
    case $entry in
      "$CARACAL_ROOT"/*)
        cp -p "$entry" "$run/lib/" || return
        entry=$run/lib/${entry##*/}
        ;;
    esac
    classpath+=${classpath:+:}$entry
  done
  if [[ $target == */tools/server/target ]]; then
    echo "  a server starts twice, so that later starts are faster" >&2
    caracal_archive_classes "$run" "$classpath" "$(caracal_class_archive "$run")"
  fi
  printf '%s\n' "$classpath" > "$run/classpath" && sync "$run"/* "$run"/lib/*
}

# Filters the output of Maven: each module as its turn comes, a sign of life during downloads, and everything wrong.
caracal_progress()
{
  awk '/^\[INFO\] Building Caracal .*\[[0-9]+\/[0-9]+\]$/ { sub(/^\[INFO\] Building /, "  "); sub(/ +\[/, " ["); print; fflush(); next }
    /^(\[INFO\] )?Downloaded from / && ++files % 25 == 0 { print "  downloaded " files " files"; fflush() }
    /^\[(ERROR|FATAL)\]/ || !/^\[|^Download|^Progress|^WARNING: |^ *$|^\033/ { print; fflush() }'
}

# Prints the path of the archive in which the JVM keeps loaded classes of the server, for this build and this java.
caracal_class_archive()
{
  printf '%s/server-java-%s.jsa\n' "$1" "${JAVA_ARGS_FILE##*/java-}"
}

# Starts a server and lets the JVM archive the classes that it loaded, which halves the time of later starts. There are
# two starts and the second one counts, so that the archive includes what is needed to load a snapshot, read the log and
# open a first session. Nothing depends on the archive, so a failure is ignored. Arguments: a directory to work in, a
# class path, the archive.
caracal_archive_classes()
{
  caracal_train "$1" "$2" KILL -XX:TieredStopAtLevel=1 && caracal_train "$1" "$2" TERM -XX:ArchiveClassesAtExit="$3"
  rm -rf "$1/data"
}

# Starts a server once, with further flags for its JVM: opens sessions until there is a snapshot, then sends a signal.
caracal_train()
{
  local run=$1 classpath=$2 signal=$3 pid deadline=$((SECONDS + 30)) port='' snapshots
  shift 3
  # Emptied here, because the redirection may come after the first look at it, which would find the port of the start
  # before.
  : > "$run/training.log"
  "$JAVA" "@$JAVA_ARGS_FILE" "$@" -Xlog:disable -Xmx256m \
    -cp "$classpath" -Dlogback.configurationFile="$CARACAL_HOME/conf/logback.xml" \
    io.caracal.server.main.ServerMain clientPort=0 clientPortAddress=127.0.0.1 admin.serverPort=0 \
    dataDir="$run/data" snapCount=2 >> "$run/training.log" 2>&1 </dev/null 9>&- &
  pid=$!
  while kill -0 "$pid" 2>/dev/null && ((SECONDS < deadline)); do
    port=$(sed -n 's/^serving clients on .*:\([0-9]*\) as .*/\1/p' "$run/training.log")
    snapshots=("$run"/data/caracal-1/snapshots/snapshot-*)
    if [[ -n $port ]]; then
      caracal_ask 127.0.0.1 "$port" srvr >/dev/null
      caracal_open_session 127.0.0.1 "$port"
      [[ -f ${snapshots[0]} && ${snapshots[0]} != *.tmp ]] && break
    fi
    sleep 0.1
  done
  kill -"$signal" "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  [[ -n $port ]]
}

# Opens a session that nobody will use: sends the 45 bytes of a connect request and reads the start of the answer.
caracal_open_session()
{
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "%b" "$2" >&3 && head -c 8 <&3' "$1" "$2" \
    '\x0\x0\x0\x2d\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x75\x30\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x10\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0\x0' \
    >/dev/null 2>&1
}

# Prints the answer of a server to a four-letter word, within five seconds.
caracal_ask()
{
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf %s "$2" >&3 && cat <&3' "$1" "$2" "$3" 2>/dev/null
}

# Removes all builds but the newest three. Programs that run from older ones hold their jars open.
caracal_prune()
{
  local old
  find "$1" -maxdepth 1 -type d -name 'run-*' -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d' ' -f2- |
    while IFS= read -r old; do
      rm -rf "$old"
    done
}

# Fails if the release archive was not unpacked completely, or cannot be read by this user. Java's own errors would not
# say so.
caracal_need_whole()
{
  local part
  for part in "$CARACAL_HOME"/lib/*.jar "$JAVA_ARGS_FILE" "$CARACAL_HOME/conf/server.args"; do
    [[ -r $part ]] || caracal_fail 3 "$part is not there, or cannot be read by $(caracal_user): unpack the archive again," \
      "or let its owner type chmod -R a+rX '$CARACAL_HOME'"
  done
}

# Sets CLASSPATH_OF for a module: lib in the archive; in a source tree, a build that is made on demand under a lock.
caracal_classpath()
{
  local module=$1 built
  if [[ -z $CARACAL_ROOT ]]; then
    caracal_need_whole
    CLASSPATH_OF="$CARACAL_HOME/lib/*"
    RUN_DIRECTORY=$CARACAL_HOME/lib
    return
  fi
  if ! caracal_is_fresh "$module"; then
    mkdir -p "$CARACAL_ROOT/target" 2>/dev/null
    [[ -w $CARACAL_ROOT/target && (! -e $CARACAL_ROOT/target/build.lock || -w $CARACAL_ROOT/target/build.lock) ]] ||
      caracal_fail 3 "$module has to be built for this user, who may not write to $CARACAL_ROOT/target:" \
        "run it as the owner of the source tree, or use the release archive (mvn -pl tools/release -am package)"
    exec 9> "$CARACAL_ROOT/target/build.lock"
    flock -n 9 || { echo "waiting: another command builds in $CARACAL_ROOT" >&2 && flock 9; }
    caracal_is_fresh "$module" || caracal_build "$module"
    exec 9>&-
  fi
  built=$CARACAL_ROOT/$module/target/run
  CLASSPATH_OF=$(< "$built/classpath")
  RUN_DIRECTORY=$built
}

# Fails if a variable with a size of the heap holds something else. Java's own errors would not name the variable.
caracal_need_megabytes()
{
  [[ ${!1:-} =~ ^[0-9]*$ ]] ||
    caracal_fail 2 "$1=${!1} is not a number of megabytes; write for example $1=1000"
}

# Fails if a server could not even open its own files, or not write the first. Java takes the hard limit of open files,
# whatever the soft one is.
caracal_need_files()
{
  local most longest
  longest=$(ulimit -f)
  [[ $longest == unlimited || $longest -ge $FILE_LENGTH_MIN ]] ||
    caracal_fail 3 "this process may write files of $longest KB, and each file of the log has $FILE_LENGTH_MIN: raise" \
      "the limit with ulimit -f or LimitFSIZE="
  most=$(ulimit -Hn)
  [[ $most == unlimited || $most -ge $FILES_MIN ]] ||
    caracal_fail 3 "this process may open $most files, too few for a server; raise the limit with ulimit -n or" \
      "LimitNOFILE= to 8192 or more"
}

# Fills JMX_FLAGS from ZooKeeper's variables. Without a port none are needed: tools on this machine can attach.
caracal_jmx_flags()
{
  JMX_FLAGS=()
  [[ -n ${JMXPORT:-} && ${JMXDISABLE:-false} == false ]] || return
  echo "JMX port $JMXPORT tells of the JVM; what the server does is told by mntr, Prometheus and the admin server" >&2
  JMX_FLAGS=(-Dcom.sun.management.jmxremote.port="$JMXPORT" -Dcom.sun.management.jmxremote.ssl="${JMXSSL:-false}"
    -Dcom.sun.management.jmxremote.authenticate="${JMXAUTH:-false}")
  [[ -z ${JMXHOSTNAME:-} ]] || JMX_FLAGS+=(-Djava.rmi.server.hostname="$JMXHOSTNAME")
}

# Fills LOG_FLAGS with the properties that a logback.xml written for ZooKeeper refers to: where log files go.
caracal_log_flags()
{
  # shellcheck disable=SC2016 # the words of the file
  [[ $(< "$1") == *'${zookeeper.log.'* ]] || return
  LOG_FLAGS=(-Dzookeeper.log.dir="$ZOO_LOG_DIR"
    -Dzookeeper.log.file="${ZOO_LOG_FILE:-zookeeper-$(caracal_user)-server-${HOSTNAME:-localhost}.log}")
}

# Sets SERVER_FLAGS, the flags of a server's JVM besides the file of flags that all programs need. Call
# caracal_need_java and caracal_classpath first.
caracal_server_flags()
{
  local archive logging=$CARACAL_HOME/conf/logback.xml LOG_FLAGS=()
  caracal_need_megabytes ZK_SERVER_HEAP
  # ZooKeeper puts this directory first on the class path, so a logback.xml in it wins there too.
  if [[ -f $ZOOCFGDIR/logback.xml ]]; then
    logging=$ZOOCFGDIR/logback.xml
    caracal_log_flags "$logging"
  fi
  caracal_jmx_flags
  [[ -z $JAVA_PASSED_OVER ]] || echo "$JAVA_PASSED_OVER" >&2
  # Without memory a server is killed, as by ZooKeeper's script. Java's own exit code would be 3, that of bad data, after
  # which systemd does not start it again.
  # People rely on word splitting in these variables.
  # shellcheck disable=SC2206
  SERVER_FLAGS=(-Xmx"${ZK_SERVER_HEAP:-1000}"m -XX:+HeapDumpOnOutOfMemoryError
    "-XX:OnOutOfMemoryError=kill -9 %p" -XX:+ExitOnOutOfMemoryError
    "@$CARACAL_HOME/conf/server.args"
    -Dlogback.configurationFile="$logging" "${LOG_FLAGS[@]}" -Dcaracal.home="$CARACAL_HOME" "${JMX_FLAGS[@]}"
    $SERVER_JVMFLAGS $JVMFLAGS)
  # The heap holds next to nothing, and no request adds to it. So the collector with the cheapest barriers is used,
  # unless another one is chosen.
  [[ "${SERVER_FLAGS[*]} " =~ -XX:\+Use[[:alnum:]]+GC[[:space:]] ]] || SERVER_FLAGS+=(-XX:+UseSerialGC)
  # ZooKeeper's variable for this setting.
  [[ -z ${ZOO_DATADIR_AUTOCREATE_DISABLE:-} ]] || SERVER_FLAGS+=(-Dzookeeper.datadir.autocreate=false)
  archive=$(caracal_class_archive "$RUN_DIRECTORY")
  [[ -f $archive ]] && SERVER_FLAGS+=(-XX:SharedArchiveFile="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
  return 0
}
