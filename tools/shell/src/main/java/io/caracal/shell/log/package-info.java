/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Logging of the libraries, limited to warnings on stderr by default. Imports nothing of the shell.
 * <p>
 * Begin with {@link io.caracal.shell.log.StderrLogging}.
 */
package io.caracal.shell.log;
