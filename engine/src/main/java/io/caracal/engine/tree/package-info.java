/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The znodes, in native memory: fixed-size records, names and payloads in size classes, interned ACLs, a hash index
 * that grows without a pause, and lists of children and ephemerals in the order of creation. The tree applies results
 * and decides nothing: permissions were checked before. It imports {@code memory}, and knows how a stat is encoded
 * ({@code protocol}) and what a corrupt image is ({@code port}). Its layout is drawn in {@code docs/tree.md}.
 * <p>
 * Begin with {@link io.caracal.engine.tree.DataTree}, then {@code NodeStore} and {@code PathIndex}.
 */
package io.caracal.engine.tree;
