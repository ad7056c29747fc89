// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>

namespace lifecycle {

/// Something that only one process may do at a time; released when this object or its process ends.
class HeldLease {
public:
    virtual ~HeldLease() = default;
};

/// Hands out leases across processes, by operating system locks that die with their process.
class Leases {
public:
    virtual ~Leases() = default;

    /// `name` is for example "order:<id>" or "listen:0.0.0.0:80". Busy when another process holds it; the detail names
    /// that process. Within this process an order is held once and a listen address may be shared.
    virtual base::Result<std::shared_ptr<HeldLease>> acquire(const QString& name) = 0;
    /// Whether some process, this one included, holds the lease right now.
    virtual bool isHeld(const QString& name) = 0;
};

} // namespace lifecycle
