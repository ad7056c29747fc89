// SPDX-License-Identifier: Apache-2.0
#include "ui/authorities/authority_form.h"

#include "lifecycle/authority_input.h"
#include "lifecycle/certificate_manager.h"
#include "ui/authorities/authority_facts.h"
#include "ui/authorities/authority_presets.h"
#include "ui/authorities/proxy_field.h"
#include "ui/authorities/root_field.h"
#include "ui/common/banner.h"
#include "ui/common/facts.h"
#include "ui/common/form.h"
#include "ui/common/widgets.h"
#include "ui/common/word_list.h"
#include "ui/common/work_row.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int issuingHeight = 56;

RootField::Kind rootKindOf(AuthorityPreset::Root root)
{
    switch (root) {
    case AuthorityPreset::Root::Pinned:
        return RootField::PemFile;
    case AuthorityPreset::Root::Fingerprint:
        return RootField::Fingerprint;
    case AuthorityPreset::Root::System:
        break;
    }
    return RootField::SystemStore;
}

} // namespace

AuthorityForm::AuthorityForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_form(new Form)
    , m_preset(makeComboBox(u"authorityPreset"_s))
    , m_name(makeLineEdit(u"authorityName"_s))
    , m_url(makeLineEdit(u"authorityDirectoryUrl"_s, QString(), u"https://ca.example.org/acme/acme/directory"_s))
    , m_root(new RootField)
    , m_proxy(new ProxyField)
    , m_resolvers(makeLineEdit(u"authorityResolvers"_s, QString(), u"10.0.0.53:53"_s))
    , m_issuingRoots(new QPlainTextEdit)
    , m_title(makeTitle(QString()))
    , m_banner(new Banner(u"authorityBanner"_s))
    , m_previewCard(makeCard())
    , m_preview(new Facts)
    , m_check(makeButton(tr("&Check"), u"authorityCheckButton"_s, u"search"_s))
    , m_add(makePrimaryButton(tr("&Trust and add"), u"authorityAddButton"_s))
    , m_work(new WorkRow(u"authorityCancelButton"_s, m_form, {m_check, m_add}))
{
    m_preset->addItem(tr("Another authority"));
    for (const AuthorityPreset& preset : authorityPresets())
        m_preset->addItem(preset.name);
    m_form->addRow(u"preset"_s, tr("&Kind"), m_preset);
    m_form->addRow(u"directoryUrl"_s, tr("&Directory URL"), m_url,
                   tr("Where the authority's ACME directory is: https only."));
    m_form->addRow(u"name"_s, tr("Na&me"), m_name, tr("How it is called in lists."));
    m_form->addRow(u"root"_s, tr("&Root of trust"), m_root,
                   tr("The server must show a certificate of this root. Nothing turns that off."));
    m_form->addRow(u"proxy"_s, tr("Pro&xy"), m_proxy,
                   tr("“system”, “none”, or a URL such as http://proxy:3128, without a password."));
    m_form->addRow(u"resolvers"_s, tr("Res&olvers"), m_resolvers,
                   tr("DNS servers to ask instead of the system's, separated by blanks: HOST or HOST:PORT."));
    m_issuingRoots->setObjectName(u"authorityIssuingRoots"_s);
    m_issuingRoots->setPlaceholderText(u"-----BEGIN CERTIFICATE-----"_s);
    m_issuingRoots->setFixedHeight(issuingHeight);
    m_issuingRoots->setTabChangesFocus(true);
    m_form->addRow(u"issuingRoot"_s, tr("&Issues only under"), m_issuingRoots,
                   tr("Optional. PEM of the roots that what it issues must lead to; other chains are refused."));
    QVBoxLayout* preview = static_cast<QVBoxLayout*>(m_previewCard->layout());
    preview->addWidget(makeHeading(tr("What the authority says")));
    preview->addWidget(m_preview);
    m_previewCard->setObjectName(u"authorityPreview"_s);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addWidget(m_title);
    inner->addWidget(m_form);
    inner->addWidget(m_banner);
    inner->addWidget(m_previewCard);
    inner->addWidget(m_work);
    inner->addStretch(1);
    content->setMaximumWidth(formWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
    connect(m_preset, &QComboBox::activated, this, &AuthorityForm::applyPreset);
    connect(m_work, &WorkRow::cancelled, this, [this] {
        m_proxy->forgetPassword();
        forgetPreview();
        Q_EMIT cancelled();
    });
    connect(m_check, &QPushButton::clicked, this, &AuthorityForm::check);
    connect(m_add, &QPushButton::clicked, this, &AuthorityForm::add);
    for (QLineEdit* line : {m_url, m_resolvers})
        connect(line, &QLineEdit::textEdited, this, &AuthorityForm::forgetPreview);
    for (QLineEdit* line : {m_url, m_name})
        connect(line, &QLineEdit::returnPressed, this, &AuthorityForm::check);
    connect(m_issuingRoots, &QPlainTextEdit::textChanged, this, &AuthorityForm::forgetPreview);
    connect(m_proxy, &ProxyField::edited, this, &AuthorityForm::forgetPreview);
    connect(m_proxy, &ProxyField::returnPressed, this, &AuthorityForm::check);
    connect(m_root, &RootField::edited, this, &AuthorityForm::forgetPreview);
    connect(m_root, &RootField::returnPressed, this, &AuthorityForm::check);
    connect(m_root, &RootField::chosen, this, &AuthorityForm::showRootKind);
    connect(m_root, &RootField::pasted, this,
            [this](const QString& fault) { m_form->setFault(u"root"_s, fault, true); });
}

void AuthorityForm::setEditing(const QString& id)
{
    m_editing = id;
    m_title->setText(id.isEmpty() ? tr("Add an authority") : tr("Change an authority"));
    m_add->setText(id.isEmpty() ? tr("&Trust and add") : tr("&Trust and save"));
    m_add->setAccessibleName(m_add->text().remove(u'&'));
    m_form->setRowVisible(u"preset"_s, id.isEmpty());
}

void AuthorityForm::change(const lifecycle::Authority& authority)
{
    begin();
    setEditing(authority.id);
    m_name->setText(authority.name);
    m_url->setText(authority.directoryUrl.toString());
    m_root->setRoots(authority.rootsPem);
    m_proxy->setProxy(authority);
    m_resolvers->setText(authority.resolvers.join(u' '));
    m_issuingRoots->setPlainText(QString::fromLatin1(authority.issuingRootsPem));
    m_name->setFocus();
}

void AuthorityForm::begin()
{
    for (QLineEdit* line : {m_name, m_url, m_resolvers})
        line->clear();
    setEditing(QString());
    m_root->clear();
    showRootKind();
    m_issuingRoots->clear();
    m_proxy->clear();
    m_preset->setCurrentIndex(0);
    m_form->clearFaults();
    m_form->setHint(u"preset"_s, QString());
    m_banner->hide();
    m_work->abandon();
    forgetPreview();
    m_url->setFocus();
}

void AuthorityForm::applyPreset(int index)
{
    const QList<AuthorityPreset> presets = authorityPresets();
    if (index < 1 || index > presets.size())
        return m_form->setHint(u"preset"_s, QString());
    const AuthorityPreset& preset = presets.at(index - 1);
    m_name->setText(preset.name);
    m_url->setText(preset.directoryUrl);
    m_form->setHint(u"preset"_s, preset.note);
    m_root->choose(rootKindOf(preset.root));
    forgetPreview();
    static const QRegularExpression placeholder(u"(?<=/)[A-Z]{4,}(?=/|$)"_s);
    const QRegularExpressionMatch match = placeholder.match(preset.directoryUrl);
    if (match.hasMatch()) {
        m_url->setFocus();
        m_url->setSelection(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()));
    }
}

void AuthorityForm::showRootKind()
{
    m_form->setHint(u"directoryUrl"_s,
                    m_root->kind() == RootField::Fingerprint
                        ? tr("The host of the step-ca is enough; the usual paths are tried.")
                        : tr("Where the authority's ACME directory is: https only."));
    forgetPreview();
}

QString AuthorityForm::chosenName() const
{
    const QString name = m_name->text().trimmed();
    return name.isEmpty() ? QUrl(m_url->text().trimmed()).host() : name;
}

std::optional<lifecycle::AuthorityDetails> AuthorityForm::entered()
{
    m_form->clearFaults();
    m_banner->hide();
    lifecycle::AuthorityDetails details;
    details.name = chosenName();
    details.changing = m_editing;
    details.directoryUrl = m_url->text().trimmed();
    details.issuingRootsPem = m_issuingRoots->toPlainText().toUtf8();
    details.resolvers = splitWords(m_resolvers->text());
    const QString rootFault = m_root->enter(details);
    const QString proxyFault = m_proxy->enter(details);
    m_form->setFault(u"proxy"_s, proxyFault, true);
    m_form->setFault(u"root"_s, rootFault, true);
    return rootFault.isEmpty() && proxyFault.isEmpty() ? std::optional(details) : std::nullopt;
}

void AuthorityForm::check()
{
    const auto details = entered();
    if (!details)
        return;
    const std::stop_token work = m_work->begin(tr("Reading the directory…"));
    const auto reply = [this, work](base::Result<lifecycle::AuthorityPreview> preview) {
        if (!m_work->end(work))
            return;
        if (!preview)
            return showFailure(preview.error());
        showPreview(*preview);
    };
    m_workspace.manager.previewAuthority(*details, this, reply, work);
}

void AuthorityForm::showPreview(const lifecycle::AuthorityPreview& preview)
{
    m_preview->clear();
    m_checked = preview.details;
    m_url->setText(preview.details.directoryUrl);
    showRoots(*m_preview, preview.rootSubjects, preview.rootFingerprints);
    showMeta(*m_preview, preview.meta);
    if (m_name->text().trimmed().isEmpty())
        m_name->setText(QUrl(m_url->text().trimmed()).host());
    m_previewCard->show();
    m_add->setEnabled(true);
    m_add->setFocus();
}

void AuthorityForm::showFailure(const base::Error& error)
{
    const bool shown = error.field() == u"proxyCredentials" ? m_form->showError(base::Error(error).about(u"proxy"_s))
                                                            : m_form->showError(error);
    if (!shown)
        m_banner->showError(error);
}

void AuthorityForm::add()
{
    m_form->clearFaults();
    m_banner->hide();
    m_checked.name = chosenName();
    const std::stop_token work = m_work->begin(tr("Adding the authority…"));
    const auto reply = [this, work](base::Result<lifecycle::Authority> authority) {
        if (!m_work->end(work))
            return;
        if (!authority)
            return showFailure(authority.error());
        m_proxy->forgetPassword();
        forgetPreview();
        if (m_editing.isEmpty())
            Q_EMIT added(*authority);
        else
            Q_EMIT changed(*authority);
    };
    if (!m_editing.isEmpty())
        return m_workspace.manager.updateAuthority(m_editing, m_checked, this, reply, work);
    m_workspace.manager.addAuthority(m_checked, this, reply, work);
}

void AuthorityForm::forgetPreview()
{
    m_checked = {};
    m_previewCard->hide();
    m_add->setEnabled(false);
}

} // namespace ui
