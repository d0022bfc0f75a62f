/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where programs that print what they find, and end, put it: a result that could not be written is a failure. Imports
 * the journal's words for what a system refuses, nothing else.
 */
package io.caracal.server.console;
