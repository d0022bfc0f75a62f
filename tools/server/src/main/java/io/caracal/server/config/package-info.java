/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The configuration of a server: zoo.cfg, {@code key=value} arguments and {@code -D} properties, resolved into one set
 * of values that remembers the source of each. Imports nothing else of the server.
 * <p>
 * Begin with {@link io.caracal.server.config.ServerProperty}: one line for each key that is obeyed.
 */
package io.caracal.server.config;
