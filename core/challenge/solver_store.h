// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "challenge/solver_settings.h"

#include <QList>

#include <memory>

namespace challenge {

/// Where named solvers and their secrets are kept.
class SolverStore {
public:
    virtual ~SolverStore() = default;

    virtual base::Task<base::Result<QList<SolverSettings>>> all() = 0;
    /// The secret of one: the bytes of a TSIG key, or what Lexicon is given. Empty where its method needs none.
    /// NotFound where there are no such settings, Locked while the vault is.
    virtual base::Task<base::Result<std::shared_ptr<const base::Secret>>> secret(QString id) = 0;
};

} // namespace challenge
