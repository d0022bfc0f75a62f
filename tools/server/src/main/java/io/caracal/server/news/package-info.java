/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a running server tells its operators: events of the engine, the journal and the transport, put into lines of the
 * log at a bounded pace, and the role of the server in its ensemble.
 * <p>
 * Begin with {@link io.caracal.server.news.ServerEvents} and {@link io.caracal.server.news.RoleBoard}.
 */
package io.caracal.server.news;
