/* SPDX-License-Identifier: Apache-2.0 */

/**
 * A person at a terminal: line editing, completion, history that lasts. Loaded only then. May import command.
 */
package io.caracal.shell.interactive;
