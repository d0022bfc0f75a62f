#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Compares two snapshots: zkSnapshotComparer.sh -l LEFT -r RIGHT [-b BYTES] [-n NODES]
here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
exec "${here%/*}/caracal" snapshot compare "$@"
