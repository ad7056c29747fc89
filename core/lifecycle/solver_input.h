// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/task.h"
#include "challenge/solver_settings.h"

#include <memory>

namespace lifecycle {

/// What an operator enters to set a solver up. Which members count depends on the method.
struct SolverDetails {
    QString name; ///< empty: made of the others
    QString server; ///< Rfc2136: "HOST" or "HOST:PORT"; field "server"
    QString keyFilePath; ///< Rfc2136: a BIND key file, as `nsupdate -k` takes it, read once; field "tsigFile"
    QStringList zones; ///< whose names are always proved with it; field "zones"
    challenge::DnsMethod method = challenge::DnsMethod::Rfc2136;
    QString program = {}; ///< hooks: the command to run, "/PATH [ARGUMENT…]"; field "program"
    QString cleanUpProgram = {}; ///< CertbotHooks: the one that takes records away; field "cleanUpProgram"
    QString provider = {}; ///< Lexicon: its name of the provider; field "provider"
    QString credentialsFilePath = {}; ///< Lexicon: `option = value` lines, read once; field "credentials"
};

/// A solver that is not stored yet, with its secret.
struct SolverCandidate {
    challenge::SolverSettings settings;
    std::shared_ptr<const base::Secret> secret;
};

/// Checks what was entered and reads the file that holds the secret. Errors name the field.
base::Task<base::Result<SolverCandidate>> solverFrom(SolverDetails details);

} // namespace lifecycle
