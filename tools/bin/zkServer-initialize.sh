#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Creates the directories of a new server, its myid, and the mark that says that this server starts empty on purpose.

here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
# shellcheck source-path=SCRIPTDIR source=zkEnv.sh
. "${here%/*}/zkEnv.sh" || exit 3

# Fails if an option has no value.
need_value()
{
  [[ -n ${2:-} ]] || caracal_fail 2 "$usage"
}

usage="usage: $0 [--configfile FILE] [--myid N] [--force]"
config=
myid=
force=
while [[ $# -gt 0 ]]; do
  case $1 in
    --configfile) need_value "$@" && config=$2 && shift 2 ;;
    --configfile=*) config=${1#*=} && shift ;;
    --myid) need_value "$@" && myid=$2 && shift 2 ;;
    --myid=*) myid=${1#*=} && shift ;;
    --force) force=yes && shift ;;
    -h | --help) echo "$usage"; exit ;;
    *) caracal_fail 2 "$usage" ;;
  esac
done

config=$(caracal_config_path "$config")
[[ -f $config ]] || caracal_fail 2 "no configuration file $config; name one with --configfile"
caracal_need_readable "$config"
data_dir=$(caracal_config_value dataDir "$config")
log_dir=$(caracal_config_value dataLogDir "$config")
log_dir=${log_dir:-$data_dir}
[[ -n $data_dir ]] || caracal_fail 2 "$config: dataDir is not set; write a line dataDir=/path"
if [[ -n $myid ]] && ! { [[ $myid =~ ^[0-9]{1,3}$ ]] && ((10#$myid >= 1 && 10#$myid <= 255)); }; then
  caracal_fail 2 "--myid $myid: write a number from 1 to 255"
fi

# Whether a running server holds the lock on its data. Independent of who started it, and of its process id here.
is_locked()
{
  local inode
  inode=$(stat -L -c %i "$1" 2>/dev/null) &&
    grep -Eq "POSIX +ADVISORY +WRITE +-?[0-9]+ [0-9a-f]+:[0-9a-f]+:$inode " /proc/locks
}

# All checks come before anything is deleted.
for dir in "$data_dir" "$log_dir"; do
  if [[ -e $dir/version-2 ]]; then
    log_option=
    [[ $log_dir == "$data_dir" ]] || log_option=" --log-dir $log_dir"
    caracal_fail 3 "$dir holds data of ZooKeeper; name another dataDir, or import it:" \
      "caracal import --from $data_dir$log_option --to NEWDIR"
  fi
done
if is_locked "$data_dir/caracal-1/lock"; then
  caracal_fail 3 "$data_dir/caracal-1 is in use by a server: nothing was changed; stop it first"
fi
for dir in "$data_dir" "$log_dir"; do
  if [[ -e $dir/caracal-1 ]]; then
    [[ -n $force ]] || caracal_fail 3 "$dir/caracal-1 holds data already; to delete it all:" \
      "$0 --configfile=$config${myid:+ --myid=$myid} --force"
    rm -rf "${dir:?}/caracal-1"
  fi
  mkdir -p "$dir" || caracal_fail 3 "cannot make $dir; check the permissions of the directory above"
done
if [[ -n $myid ]]; then
  echo "$((10#$myid))" > "$data_dir/myid" || caracal_fail 3 "cannot write $data_dir/myid"
else
  echo "no --myid given; a server of an ensemble needs $data_dir/myid" >&2
fi
: > "$data_dir/initialize" || caracal_fail 3 "cannot write $data_dir/initialize"
