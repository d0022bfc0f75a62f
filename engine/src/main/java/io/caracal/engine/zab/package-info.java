/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What all phases of ZAB share: zxids, voters and quorums. A proposal's payload is opaque here: this package and those
 * below it never look into a transaction, the tree or the client protocol.
 */
package io.caracal.engine.zab;
