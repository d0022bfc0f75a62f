/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What people write to configure a server: zoo.cfg, {@code key=value} arguments and {@code -D} properties, resolved
 * into one set of values that knows where each came from. Imports nothing else of the server.
 * <p>
 * Begin with {@link io.caracal.server.config.ServerProperty}: one line for each key that is obeyed.
 */
package io.caracal.server.config;
