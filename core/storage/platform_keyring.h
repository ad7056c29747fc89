// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/keyring.h"

namespace storage {

/// The keyring of the desktop (Secret Service, KWallet, …) through QtKeychain, never its insecure fall-back.
///
/// Its thread needs an event loop. Gives up after a minute, in which the user may be asked to unlock it.
class PlatformKeyring final : public Keyring {
public:
    base::Task<base::Result<void>> write(QString entry, lifecycle::SharedSecret secret) override;
    base::Task<base::Result<lifecycle::SharedSecret>> read(QString entry) override;
    base::Task<base::Result<void>> remove(QString entry) override;
};

} // namespace storage
