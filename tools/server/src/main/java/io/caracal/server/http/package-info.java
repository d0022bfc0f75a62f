/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A small HTTP server over the JDK's own: limits on connections, headers and slow requests, one way to answer. What is
 * answered is up to the packages that add pages. Imports nothing of the server.
 * <p>
 * Begin with {@link io.caracal.server.http.HttpDoor}.
 */
package io.caracal.server.http;
