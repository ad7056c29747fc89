// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace challenge {

/// The account that proves a name, for the challenges whose records speak of it.
struct ProvingAccount {
    QString url; ///< as requests carry it in `kid`
    QString keyThumbprint; ///< of the key that it has now (RFC 7638)

    friend bool operator==(const ProvingAccount&, const ProvingAccount&) = default;
};

} // namespace challenge
