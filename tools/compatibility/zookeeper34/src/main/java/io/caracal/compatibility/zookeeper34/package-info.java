/* SPDX-License-Identifier: Apache-2.0 */
/** What programs of the 3.4 years do with the server under test. Sees only the old client's class path. */
package io.caracal.compatibility.zookeeper34;
