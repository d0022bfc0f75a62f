/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Request to transaction, on the leader: checks path, ACL, version and quota against the tree as it will be when
 * everything proposed so far is applied, and writes what the request results in.
 */
package io.caracal.engine.prepare;
