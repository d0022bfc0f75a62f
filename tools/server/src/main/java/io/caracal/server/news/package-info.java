/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a running server reports to its operators: events of the engine, the journal and the transport, written to the
 * log at a bounded rate, and the role of the server in its ensemble.
 * <p>
 * Begin with {@link io.caracal.server.news.ServerEvents} and {@link io.caracal.server.news.RoleBoard}.
 */
package io.caracal.server.news;
