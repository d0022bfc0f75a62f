/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Four-letter words: the questions that people and their tools send to the client port. The engine answers queries in
 * records. This package turns records, figures and settings into ZooKeeper's text, on a thread of its own. Imports the
 * configuration and the metrics of the server.
 * <p>
 * Begin with {@link io.caracal.server.words.WordServer} and {@code Word}.
 */
package io.caracal.server.words;
