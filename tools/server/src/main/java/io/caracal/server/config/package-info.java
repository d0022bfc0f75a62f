/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What people write to configure a server: zoo.cfg, {@code key=value} arguments and {@code -D} properties, resolved
 * into one set of values that knows where each came from. Imports nothing else of the server.
 */
package io.caracal.server.config;
