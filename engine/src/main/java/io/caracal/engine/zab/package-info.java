/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The types that all phases of ZAB share: zxids, voters, quorums, the log and the messages between servers. The payload
 * of a proposal is opaque here: this package and those below it never look into a transaction, the tree or the client
 * protocol.
 * <p>
 * Begin with {@link io.caracal.engine.zab.Zxid}, {@link io.caracal.engine.zab.History} and
 * {@link io.caracal.engine.zab.PeerMessageHandler}.
 */
package io.caracal.engine.zab;
