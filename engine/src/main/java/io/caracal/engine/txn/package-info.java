/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Transactions as bytes: the codecs generated from {@code txn.xml}, and the class that writes a header and its body.
 * <p>
 * Begin with {@link io.caracal.engine.txn.TxnWriter} and the messages of {@code txn.xml}.
 */
package io.caracal.engine.txn;
