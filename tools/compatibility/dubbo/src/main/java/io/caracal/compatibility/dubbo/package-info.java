/* SPDX-License-Identifier: Apache-2.0 */
/** What a Dubbo provider and consumer do with the server under test. Sees only Dubbo's class path. */
package io.caracal.compatibility.dubbo;
