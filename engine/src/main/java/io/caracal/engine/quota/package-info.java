/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Limits on the number of znodes and bytes of a subtree. They are ordinary znodes below {@code /zookeeper/quota}.
 * Beside each, another znode shows the usage, which the server rewrites by itself.
 * <p>
 * This package imports {@code engine.tree} and {@code engine.protocol} only.
 * <p>
 * Begin with {@link io.caracal.engine.quota.QuotaTable}.
 */
package io.caracal.engine.quota;
