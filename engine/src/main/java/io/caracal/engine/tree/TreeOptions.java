/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * What a tree is made with.
 *
 * @param hashSeed     seed of the index: no client can choose names that collide. It never leaves the process.
 * @param keepsDigest  whether the digest is kept; it reads 0 when not.
 * @param ownerKinds   how marks of containers and TTL znodes are read.
 */
public record TreeOptions(long hashSeed, boolean keepsDigest, EphemeralOwner ownerKinds)
{
}
