/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Committed transactions into the tree, and reads out of it. Applying reads no clock and asks nobody: the same
 * transactions give the same tree on every server.
 */
package io.caracal.engine.apply;
