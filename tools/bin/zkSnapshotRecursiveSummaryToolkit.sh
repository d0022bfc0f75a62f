#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Sums over subtrees: zkSnapshotRecursiveSummaryToolkit.sh SNAPSHOT PATH DEPTH
here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
exec "${here%/*}/caracal" snapshot summary "$@"
