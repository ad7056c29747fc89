// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "base/task.h"
#include "challenge/dns_persist01_terms.h"
#include "challenge/proof_settings.h"

#include <QJsonObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <stop_token>

namespace dns {
class Resolver;
}

namespace challenge {

class SolverStore;

/// What a challenge asks us to put in place (RFC 8555 section 8).
struct Answer {
    base::Identifier identifier; ///< as its authorization names it
    QString token;
    QString keyAuthorization; ///< token "." thumbprint (section 8.1)
    ProvingAccount account = {}; ///< that proves the name
    DnsPersist01Terms persistence = {}; ///< dns-persist-01, which has neither of the texts above
};

/// Where the authority will look, and what it has to find there: for people who look into it.
struct Expectation {
    QString at; ///< a URL, or a DNS record's name and type
    QString value;
};

/// What a person put in place and may take away again.
struct Leftover {
    QString name; ///< that it proved
    Expectation what;
};

/// Puts the answers to one type of challenge in place and takes them away again.
///
/// Contract for implementers: every call MUST be idempotent; cleanUp() MUST NOT need present() to have run in this
/// process, since a killed process leaves its placements to the next one; several answers may be on their way into
/// place, or out of it, at once; nothing may block the thread.
class Solver {
public:
    virtual ~Solver() = default;

    /// The challenge type it answers ("http-01").
    virtual QString challengeType() const = 0;
    /// Finds out before an order is sent whether answers can be put in place at all: binds the port, tries the folder.
    /// AddressInUse, File or InvalidInput errors say in words what the ways out are.
    /// What is found out about a DNS server is told about "solver".
    virtual base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) = 0;
    /// Whether a name could be proved, for people who look before an order or into one: also what prepare() leaves to
    /// the challenge. What is in place already is seen through `eyes`, unless they are null.
    virtual base::Task<base::Result<void>> foresee(base::Identifier name, std::shared_ptr<dns::Resolver> /*eyes*/,
                                                   std::stop_token stop)
    {
        return prepare(QList<base::Identifier>(1, name), std::move(stop));
    }
    virtual Expectation expectation(const Answer& answer) const = 0;
    /// What present() is about to put in place, in a form that cleanUp() understands after a restart.
    virtual QJsonObject placement(const Answer& answer) const = 0;
    virtual base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) = 0;
    /// What came of present() that cleanUp() needs beside placement(), with which it is stored; mostly nothing.
    virtual QJsonObject receipt(const Answer&) const { return {}; }
    /// Waits until the authority will see what present() put in place. Timeout where that takes too long.
    virtual base::Task<base::Result<void>> awaitVisible(Answer, std::stop_token) { co_return base::Result<void>(); }
    virtual base::Task<base::Result<void>> cleanUp(QJsonObject placement) = 0;
    /// What cleanUp() left to the person who had put it in place; nothing for all that clean up themselves.
    virtual base::Task<std::optional<Leftover>> leftToPerson(QJsonObject) { co_return std::nullopt; }
};

/// For whom names are proved.
struct SolverContext {
    ProvingAccount account = {}; ///< without a URL where it is not registered yet
    QStringList resolvers = {}; ///< the authority's, "HOST:PORT"; empty: this machine's
    DnsPersist01Directory persistence = {}; ///< what the authority's directory said when it was last read
    std::shared_ptr<SolverStore> named = {}; ///< in place of what the factory has; outlives what is made
};

/// Makes solvers for stored settings; owns what solvers share, such as one responder for each listen address.
class SolverFactory {
public:
    virtual ~SolverFactory() = default;

    /// Unsupported or InvalidInput when no solver is known for the settings.
    virtual base::Result<std::unique_ptr<Solver>> make(const ProofSettings& settings, const SolverContext& context) = 0;
    /// Stands for ssh -F where something is done on another host; empty: the user's own.
    virtual QString sshConfiguration() const { return {}; }
};

} // namespace challenge
