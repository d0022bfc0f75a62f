/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A small HTTP server on top of the JDK's own. It adds limits on connections, headers and slow requests, and one way to
 * answer. The packages that add pages decide what is answered. Imports nothing of the server but the
 * mark of its log lines.
 * <p>
 * Begin with {@link io.caracal.server.http.HttpDoor}.
 */
package io.caracal.server.http;
