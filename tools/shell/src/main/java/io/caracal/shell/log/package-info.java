/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What libraries log, kept to warnings on stderr unless asked. Imports nothing of the shell.
 * <p>
 * Begin with {@link io.caracal.shell.log.StderrLogging}.
 */
package io.caracal.shell.log;
