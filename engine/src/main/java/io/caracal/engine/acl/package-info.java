/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who may do what: the identities of a connection, the schemes that give and compare them, the check of an ACL, and the
 * form in which an ACL is stored.
 * <p>
 * Every request is checked, on bytes and without allocation; hashing happens only when credentials arrive. Secrets are
 * never part of a text, and copies of them are wiped. This package imports {@code engine.protocol} only.
 * <p>
 * Begin with {@link io.caracal.engine.acl.AclChecker}.
 */
package io.caracal.engine.acl;
