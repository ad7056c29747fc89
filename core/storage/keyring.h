// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "lifecycle/vault.h"

#include <QString>

namespace storage {

/// A store of the platform that keeps secrets for a logged-in user.
class Keyring {
public:
    virtual ~Keyring() = default;
    /// Unsupported when it does not answer.
    virtual base::Task<base::Result<void>> write(QString entry, lifecycle::SharedSecret secret) = 0;
    /// NotFound when there is no such entry, Unsupported when it does not answer.
    virtual base::Task<base::Result<lifecycle::SharedSecret>> read(QString entry) = 0;
    virtual base::Task<base::Result<void>> remove(QString entry) = 0;
};

} // namespace storage
