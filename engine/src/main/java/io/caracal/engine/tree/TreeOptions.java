/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * The options of a tree.
 *
 * @param hashSeed    seed of the index, so that clients cannot choose names that collide. It never leaves the process.
 * @param keepsDigest whether the digest is kept; otherwise it reads 0.
 * @param ownerKinds  how marks of containers and TTL znodes are read.
 */
public record TreeOptions(long hashSeed, boolean keepsDigest, EphemeralOwner ownerKinds)
{
}
