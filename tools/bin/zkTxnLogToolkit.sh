#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Prints the transactions in the log of a server: zkTxnLogToolkit.sh DATADIR [option ...], as caracal journal dump
here=${BASH_SOURCE[0]}
[[ -L $here ]] && here=$(readlink -f "$here")
[[ $here == */* ]] || here=./$here
exec "${here%/*}/caracal" journal dump "$@"
