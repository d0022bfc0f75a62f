#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Prints what a snapshot holds: zkSnapShotToolkit.sh [-d] [-json] SNAPSHOT
here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
exec "${here%/*}/caracal" snapshot dump "$@"
