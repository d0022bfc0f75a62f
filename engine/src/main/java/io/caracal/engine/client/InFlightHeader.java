/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** What is known of a request without its body. */
class InFlightHeader
{
    int xid;
    int opCode;
    long arrivalNs;
    /** Identities that the connection had when the request arrived. */
    int identityLimit;
    /** Error to answer in the request's turn, without a transaction; 0 for none. */
    int localError;

    final void copyFrom(final InFlightHeader other)
    {
        xid = other.xid;
        opCode = other.opCode;
        arrivalNs = other.arrivalNs;
        identityLimit = other.identityLimit;
        localError = other.localError;
    }
}
