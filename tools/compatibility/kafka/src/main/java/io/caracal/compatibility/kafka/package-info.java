/* SPDX-License-Identifier: Apache-2.0 */
/** What a Kafka client does while its broker keeps its state in the server under test. Sees only Kafka's class path. */
package io.caracal.compatibility.kafka;
