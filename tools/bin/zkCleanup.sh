#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Removes old snapshots and log segments of a stopped server: zkCleanup.sh [dataLogDir [dataDir]] -n COUNT

here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
here=${here%/*}
# shellcheck source-path=SCRIPTDIR source=zkEnv.sh
. "$here/zkEnv.sh" || exit 3

usage="usage: $0 [dataLogDir [dataDir]] -n COUNT"
dirs=()
count=
while [[ $# -gt 0 ]]; do
  case $1 in
    -n) count=${2:-} && shift ;;
    -h | --help) echo "$usage"; exit ;;
    # Removed files do not come back, so no unknown option is ignored.
    -*) caracal_fail 2 "$usage" ;;
    *) dirs+=("$1") ;;
  esac
  shift
done
[[ ${#dirs[@]} -le 2 ]] || caracal_fail 2 "$usage"
if [[ ${#dirs[@]} -eq 0 ]]; then
  config=$(caracal_config_path "")
  [[ ! -f $config ]] || caracal_need_readable "$config"
  data_dir=$(caracal_config_value dataDir "$config")
  log_dir=$(caracal_config_value dataLogDir "$config")
  [[ -n $data_dir ]] || caracal_fail 2 "name the directories, or set dataDir in $config"
  dirs=("${log_dir:-$data_dir}" "$data_dir")
fi
exec "$here/caracal" cleanup "${dirs[0]}" "${dirs[1]:-${dirs[0]}}" "$count"
