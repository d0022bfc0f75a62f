/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Arguments and standard output for programs that print results and end. A result that could not be written is a
 * failure. Imports the journal's messages of system refusals, nothing else.
 */
package io.caracal.server.console;
