// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class Banner;
class Facts;
class Form;
class ProxyField;
class RootField;
class WorkRow;

/// Adds an authority: what the operator enters, what the directory says, then "Trust and add".
class AuthorityForm : public QWidget {
    Q_OBJECT

public:
    explicit AuthorityForm(Workspace& workspace, QWidget* parent = nullptr);

    /// An empty form with the cursor in the directory URL.
    void begin();
    /// The settings of an authority under management, to be changed.
    void change(const lifecycle::Authority& authority);

Q_SIGNALS:
    void added(const lifecycle::Authority& authority);
    void changed(const lifecycle::Authority& authority);
    void cancelled();

private:
    void setEditing(const QString& id);
    void applyPreset(int index);
    void showRootKind();
    void check();
    void add();
    void forgetPreview();
    void showPreview(const lifecycle::AuthorityPreview& preview);
    void showFailure(const base::Error& error);
    /// What is in the field, else the host.
    QString chosenName() const;
    /// What was entered; nothing, with a fault shown, where something is missing.
    std::optional<lifecycle::AuthorityDetails> entered();

    Workspace& m_workspace;
    Form* m_form;
    QComboBox* m_preset;
    QLineEdit* m_name;
    QLineEdit* m_url;
    RootField* m_root;
    ProxyField* m_proxy;
    QLineEdit* m_resolvers;
    QPlainTextEdit* m_issuingRoots;
    QLabel* m_title;
    Banner* m_banner;
    QWidget* m_previewCard;
    Facts* m_preview;
    QPushButton* m_check;
    QPushButton* m_add;
    WorkRow* m_work;
    QString m_editing; ///< the id of the authority that is changed; empty: a new one
    lifecycle::AuthorityDetails m_checked; ///< what "Trust and add" adds: what the operator was shown
};

} // namespace ui
