/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Transactions as bytes: the codecs generated from {@code txn.xml} and the two classes that put a header and its body
 * together and take them apart.
 */
package io.caracal.engine.txn;
