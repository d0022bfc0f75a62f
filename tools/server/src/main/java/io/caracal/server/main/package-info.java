/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The programs that the scripts start: a server in the foreground, an ensemble of processes on this machine, the
 * removal of old files, and the version. Also contains what only a process needs: the command line, signals and the
 * file of the process id.
 * <p>
 * Begin with {@link io.caracal.server.main.ServerMain}.
 */
package io.caracal.server.main;
