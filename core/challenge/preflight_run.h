// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/address_view.h"
#include "challenge/caa_lookup.h"
#include "challenge/host_view.h"
#include "challenge/http01_probe.h"
#include "challenge/preflight.h"
#include "challenge/tls_alpn01_probe.h"

/// One run of Preflight. Private to challenge.
namespace challenge {

class PreflightRun {
public:
    PreflightRun(PreflightRequest request, Preflight::Notice notice, PreflightEyes eyes, QString sshConfiguration,
                 std::stop_token stop);

    /// Everything; `solver` or why there is none.
    base::Task<QList<Finding>> all(base::Result<std::unique_ptr<Solver>> solver);

private:
    bool isStopped() const { return m_stop.stop_requested(); }
    bool isDns() const { return m_request.proof.challengeType.startsWith(QLatin1String("dns-")); }
    void tell(const base::Identifier& name, Finding::Check check, Finding::Verdict verdict, Statement statement);
    void tell(const QString& name, Finding finding);

    // preflight_run.cpp
    void sort();
    base::Task<void> job();
    base::Task<void> checkName(base::Identifier name);
    void checkClock();
    base::Task<void> checkHere(base::Identifier name);
    base::Task<void> checkForAuthority(base::Identifier name);
    base::Task<void> checkCaa(base::Identifier name);

    // preflight_answers.cpp
    base::Task<void> begin();
    base::Task<void> end();
    base::Task<void> checkAnswer(base::Identifier name);
    base::Task<void> checkHttp(base::Identifier name);
    base::Task<void> checkTls(base::Identifier name);
    base::Task<void> checkTlsOfOurs(base::Identifier name);
    QUrl urlFor(const QString& name) const;

    // preflight_records.cpp
    base::Task<void> checkZone(base::Identifier name);
    base::Task<void> checkPersistent(base::Identifier name);
    base::Task<void> checkRecord(base::Identifier name);

    // preflight_host.cpp
    base::Task<void> checkFromHost();
    QList<HostQuestion> questionsForHost() const;
    void tellFromHost(const HostSight& sight, const HostQuestion& question);
    /// Where the record that proves the name has to be by now; empty where none does.
    QString recordFor(const base::Identifier& name) const;

    PreflightRequest m_request;
    Preflight::Notice m_notice;
    QString m_sshConfiguration;
    std::stop_token m_stop;
    std::shared_ptr<dns::Resolver> m_resolver; ///< never null
    bool m_seesLikeAuthority; ///< else the resolver is only this machine's
    std::shared_ptr<AddressView> m_machine;
    std::shared_ptr<AddressView> m_authority;
    CaaLookup m_caa;
    Http01Probe m_probe;
    TlsAlpn01Probe m_tlsProbe;
    std::unique_ptr<Solver> m_solver; ///< null where none can be made
    std::optional<Answer> m_answer; ///< in place, for http-01
    QJsonObject m_placement;
    QByteArray m_expected; ///< what is to be found for http-01; empty: nothing is in place
    QString m_token;
    Patience m_zonePatience; ///< with what changes the zones
    QString m_obstacle; ///< why nothing could be put in place
    qsizetype m_next = 0;
    QList<Finding> m_findings;
};

} // namespace challenge
